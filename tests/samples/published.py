"""A small site to publish, and nginx to serve what was published."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.facts.project import WAITING
from archive.publish import manifest, write_manifest
from archive.publish.manifest import NAME, Manifest
from archive.schema.disclosure import Edition
from tests.conftest import AS_OF, ROOT, archive_of

COMMIT = "0123456789ab" + "0" * 28
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PREFIX_LINES = re.findall(
    r"^```nginx\n(.*?)^```$",
    (ROOT / "archive" / "guide" / "publishing.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
"""What the guide says the server in front is given, to show the site below a prefix."""
CONFIG = (ROOT / "archive" / "setup" / "nginx.conf").read_text("utf-8")
LISTEN = "listen 127.0.0.1:8080;"


def made_up(folder: Path, mark: str) -> Path:
    """A small site, as built and sealed, that says `mark` in all its files."""
    contents = {
        "index.html": f"<h1>{mark}</h1>" + "<p>正文。</p>" * 100,
        "404.html": "<h1>没有</h1>",
        "report/index.html": f"<h1>{mark}</h1>",
        "report/图.svg": f"<svg><!-- {mark} --></svg>",
        "download/a.csv": f"编号,{mark}\n" * 300,
        "assets/app.12345678.min.js": "var a = 1;\n" * 100,
        "print/full.pdf": f"%PDF {mark}",
    }
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return sealed(folder)


def sealed(folder: Path, *, uncommitted: bool = False, edition: Edition = "internal") -> Path:
    made = Manifest(
        edition=edition,
        commit=COMMIT,
        uncommitted=uncommitted,
        as_of=AS_OF,
        files=manifest.file_entries(folder),
    )
    (folder / NAME).write_text(made.text(), "utf-8")
    return folder


def whole_site(site: Path, data: Path, copy: Path) -> Path:
    """A copy of a site built from `data`, sealed as `archive build` leaves it, its print files empty."""
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns(WAITING))
    write_manifest(copy, archive_of(data))
    return copy


@contextmanager
def served(target: Path, config: str = CONFIG, listen: str = "") -> Iterator[int]:
    """The published site on a port of its own, served by nginx as `config` says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    assert LISTEN in config
    written = target.parent / f"{port}.conf"
    written.write_text(config.replace(LISTEN, f"listen 127.0.0.1:{port} {listen};"), "utf-8")
    said = written.with_suffix(".log")
    with (
        said.open("w") as log,
        subprocess.Popen(
            ["sh", str(ROOT / "archive" / "setup" / "site-server"), str(target), str(written)],
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            for _ in range(400):
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            assert process.poll() is None, said.read_text("utf-8")
            yield port
        finally:
            process.terminate()


@contextmanager
def behind(target: Path, port: int) -> Iterator[str]:
    """The site that is served at `port`, below a prefix of another nginx, as the guide says; its address."""
    (lines,) = PREFIX_LINES
    assert lines.count("127.0.0.1:8080") == 1
    config = f"""
daemon off; pid .server/front.pid; error_log stderr warn; events {{}}
http {{
    access_log off; client_body_temp_path .server/front-body; proxy_temp_path .server/front-proxy;
    server {{ {LISTEN} {lines.replace("8080", str(port))} }}
}}
"""
    with served(target, config) as front:
        yield f"http://127.0.0.1:{front}/wenming/"
