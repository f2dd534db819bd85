"""The names of the site that stand behind masks, for editors: what each means, and the form that fills it in."""

from archive.facts.site import Site
from archive.facts.tables import NAMES
from archive.render.downloads import fill_in
from archive.render.edit_links import form_link
from archive.render.figures import name
from archive.render.text import UNKNOWN, fenced, plain_text, wide_table
from archive.schema.collections import RECORD
from archive.schema.form_models import entry_answers
from archive.schema.unit import HiddenName


def with_names(site: Site, shown: str, page: str) -> str:
    """The text `shown` of a page, then a table of the names for editors; none in a tree made from another."""
    unit = site.archive.unit
    if site.archive.is_derived or not unit or not unit.names:
        return shown
    rows = [
        (
            plain_text(entry.meaning),
            name(entry) + _mark(site, id_, entry),
            plain_text(entry.disclosure or UNKNOWN),
        )
        for id_, entry in unit.names.items()
    ]
    heads = [HiddenName.label_of(field) for field in ("meaning", "value", "disclosure")]
    said = f"网站上隐去的名称，没有填的显示星号{fill_in(site, NAMES, page)}"
    line = fenced(f"<p class=for-editors data-search-skip>{said}</p>")
    kind = "data-search-skip"
    table = wide_table(heads, rows, set(), "网站上的名称", kind=kind, also="for-editors")
    return f"{shown}\n\n{line}\n\n{table}"


def _mark(site: Site, id_: str, entry: HiddenName) -> str:
    held = entry_answers("names", entry)
    return form_link(site, "names", "改", {RECORD: id_}, held, in_cell=True)
