"""What a page shows to editors alone, in its editing mode: links to where its data are edited in the
forge (修改数据), none without a repository; and notes on how to begin.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from urllib.parse import quote, urlencode

from archive.facts.gather import Record
from archive.facts.site import Site
from archive.render.text import untagged
from archive.schema.collections import RECORD
from archive.schema.types import Model
from archive.schema.unit import Repository

_EDITOR: Mapping[str, str] = {
    "github": "edit/{where}",
    "gitlab": "-/edit/{where}",
    "gitea": "_edit/{where}",
    "forgejo": "_edit/{where}",
}

# The editors of GitHub and GitLab open at a line. Those of Gitea and Forgejo do not, so the link
# leads to the view of the file at that line, which has a button for the editor.
_AT_LINE: Mapping[str, str] = {
    "github": "edit/{where}#L{line}",
    "gitlab": "-/edit/{where}#L{line}",
    "gitea": "src/branch/{where}#L{line}",
    "forgejo": "src/branch/{where}#L{line}",
}


def edit_url(repository: Repository, path: str, line: int | None = None) -> str | None:
    """The address at which `path` (from the repository's root) is edited, at `line` if given.

    None while no repository is set.
    """
    if not (repository.forge and repository.address and repository.branch):
        return None
    form = (_EDITOR if line is None else _AT_LINE)[repository.forge]
    # A name that is no UTF-8 is spelt by its bytes.
    where = f"{quote(repository.branch)}/{quote(path, errors='surrogateescape')}"
    return f"{repository.address}/{form.format(where=where, line=line)}"


_FORM: Mapping[str, tuple[str, str]] = {
    "github": ("issues/new?template={form}.yml", "{field}"),
    # What GitLab's address says of the answers, a script writes into the text of the issue.
    "gitlab": ("-/issues/new?issuable_template={form}", "{field}"),
    "gitea": ("issues/new?template=.gitea/issue_template/{form}.yml", "field:{field}"),
    "forgejo": ("issues/new?template=.forgejo/issue_template/{form}.yml", "field:{field}"),
}
"""How each forge opens an issue form, and how its address names the answers that it begins with."""


def field_in_form(repository: Repository, field: str) -> str:
    """What the address of a form calls a field; empty while no repository is set."""
    return _FORM[repository.forge][1].format(field=field) if repository.forge else ""


def forms_url(repository: Repository) -> str:
    """How the addresses of all issue forms begin, up to the query; empty while no repository is set."""
    if not (repository.forge and repository.address):
        return ""
    return f"{repository.address}/{_FORM[repository.forge][0].partition('?')[0]}?"


def form_url(repository: Repository, form: str, answers: Mapping[str, str]) -> str | None:
    """The address at which an issue form is filled in, begun with `answers` (field → text).

    None while no repository is set.
    """
    if not (repository.forge and repository.address):
        return None
    way, _ = _FORM[repository.forge]
    asked = {name: text for name, text in answers.items() if text}
    given = {one: text for name, text in asked.items() if (one := field_in_form(repository, name))}
    query = f"&{urlencode(given, quote_via=quote)}" if given else ""
    return f"{repository.address}/{way.format(form=form)}{query}"


def form_link(
    site: Site,
    form: str,
    said: str,
    asked: Mapping[str, str],
    held: Mapping[str, str] | None = None,
    *,
    in_cell: bool = False,
) -> str:
    """A link to a form, begun with `asked`; empty without a repository, and in a tree made from another.

    A script adds `held`, what is recorded of what the form changes, and the commit that this is from.
    `in_cell`: it stands by itself in a table's cell, where it is seen in the editing mode alone.
    """
    unit = site.archive.unit
    address = form_url(unit.repository, form, asked) if unit else None
    if not address or site.archive.is_derived:
        return ""
    kind = " class=for-editors data-search-skip" if in_cell else ""
    text = "" if held is None else escape(json.dumps(held, ensure_ascii=False), quote=True)
    more = f' data-answers="{text}"' if held is not None else ""
    return f'<a{kind} href="{escape(address)}"{more}>{said}</a>'


def form_links(links: Iterable[str], kind: str = "") -> str:
    """A paragraph of links to forms, which is seen in the editing mode alone; empty without any.

    `kind`: " ways" of those that stand above the title of a page.
    """
    found = " ".join(filter(None, links))
    return f'<p class="mend{kind} for-editors" data-search-skip>{found}</p>' if found else ""


def edit_link(
    site: Site, path: str, line: int | None = None, others: Iterable[str] = ()
) -> Iterator[str]:
    """A paragraph with a link to edit a data file, at `line` if given, and with `others`, links as HTML.

    None without a repository.
    """
    address = _address(site, path, line)
    if address:
        yield form_links([f'<a href="{address}">修改数据</a>', *others])


def editors_note(text: str) -> str:
    """A paragraph of Markdown that is shown to editors alone, and is neither found nor printed."""
    return f"{text}\n{{: .for-editors data-search-skip=1 }}"


def edit_mark(site: Site, record: Record[Model], of: str) -> str:
    """A link to edit a record by its form, for a table's cell; empty without a repository.

    `of` is HTML whose text names the record for screen readers. The markup is kept short, because it is
    repeated in each row of long tables; a script adds what is recorded to the address.
    """
    address = _form_of(site, record) or _address(site, record.path)
    if not address:
        return ""
    # A word joiner keeps it on the line of the text before it, also on a phone.
    return f'<a class=for-editors data-search-skip href={_attribute(address)} aria-label="修改{untagged(of)}">\u2060改</a>'


def _form_of(site: Site, record: Record[Model]) -> str:
    """The escaped address of the form that changes a record; empty where no form does."""
    unit, project = site.archive.unit, site.archive.project
    name = record.path.removeprefix(f"{project.name(project.data)}/").partition("/")[0]
    if not unit or not site.archive.collections[name].has_form:
        return ""
    return escape(form_url(unit.repository, name, {RECORD: record.id}) or "")


def _address(site: Site, path: str, line: int | None = None) -> str:
    """The escaped address to edit a data file, empty without a repository.

    The address uses data/, the folder in the repository, even if the build reads data from elsewhere.
    """
    unit, project = site.archive.unit, site.archive.project
    inside = path.removeprefix(f"{project.name(project.data)}/")
    address = unit and edit_url(unit.repository, f"{site.folder_in_repository}data/{inside}", line)
    return escape(address or "")


_BARE = re.compile(r"""[^\s"'=<>`]+""")


def _attribute(value: str) -> str:
    """An escaped value as that of an attribute, in quotes only where it needs them."""
    return value if _BARE.fullmatch(value) else f'"{value}"'
