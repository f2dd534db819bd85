"""The theme's style as far as the built pages can show it, in one sheet; nothing else of the theme is published.

In come the pages as an engine made them and the style sheets of its theme; out comes `assets/theme.css`.
The theme's script is not used at all: ours is `frame.js` and `scheme.js` in archive/design/assets/.
"""

from functools import partial
from pathlib import Path

from archive.build import markup
from archive.build.elements import THEME_STYLE
from archive.build.engines import Engine, theme_assets
from archive.build.theme import elements, selectors, sheet
from archive.build.theme.elements import elements_of, named
from archive.build.theme.sheet import Rules, asked, cut, read_rules, words_of
from archive.facts.project import Project
from archive.files.cache import Cache, Lately, digest, shared_folder
from archive.files.own_files import OWN_ASSETS, OWN_FILES

_MAX_ENTRIES = 500
"""Pages kept in the cache besides those of the last run, for other sites built by turns."""
_MAX_SHEETS = 50
"""Style sheets kept besides those of the last run, for sites that other engines make."""
_LATELY: Lately = {}
_CODE = [Path(str(module.__file__)) for module in (elements, markup, selectors, sheet)]
_SHEETS = {
    "mkdocs": ("main", "palette"),
    "properdocs": ("main", "palette"),
    "zensical": ("classic/main", "classic/palette"),
}
"""The style sheets of each engine's theme in their order, without the digest in their names."""


def write_style(site: Path, project: Project, engine: Engine) -> None:
    """Write the style sheet of the theme for the pages of `site`, which `engine` has made."""
    code = digest([Path(__file__), *_CODE])
    cache = Cache(project.cache("theme"), code, _MAX_ENTRIES, _LATELY)
    # The style sheets of the themes, and ours, are the same for every site.
    shared = Cache(shared_folder() / "sheets", code, _MAX_SHEETS, _LATELY)
    rules: Rules = ()
    for raw in theme_sheets(engine):
        rules += shared.made(shared.key(raw), partial(read_rules, raw.decode()))
    looked_for = asked(rules)
    # What is looked for belongs to the key of a page: another theme asks for other things.
    context = "\0".join(sorted(looked_for)).encode()
    there: set[frozenset[str]] = set()
    for path in sorted(site.rglob("*.html")):
        raw = path.read_bytes()
        key = cache.key(cache.key(raw) + cache.key(context))
        there |= cache.made(key, partial(elements_of, raw.decode(), looked_for))
    own = {name: OWN_FILES[name].read_text("utf-8") for name in sorted(OWN_ASSETS)}
    scripts = "".join(text for name, text in own.items() if name.endswith(".js"))
    words: set[str] = set()
    for name, text in own.items():
        if name.endswith(".css"):
            words |= shared.made(shared.key(text.encode()), partial(words_of, text))
    (site / THEME_STYLE).write_text(cut(rules, there, named(scripts, looked_for), words), "utf-8")
    cache.save()
    shared.save()


def theme_sheets(engine: Engine) -> list[bytes]:
    """The style sheets that the theme of an engine brings, in their order."""
    folder = theme_assets(engine) / "stylesheets"
    return [next(folder.glob(f"{name}.*.min.css")).read_bytes() for name in _SHEETS[engine]]
