"""Addresses in the forge's own editor, for whoever wants to mend what they are reading."""

from collections.abc import Mapping
from urllib.parse import quote

from archive.schema.unit import Repository

_EDITOR: Mapping[str, str] = {
    "github": "edit/{where}",
    "gitlab": "-/edit/{where}",
    "gitea": "_edit/{where}",
    "forgejo": "_edit/{where}",
}

# GitHub's editor and GitLab's open at a line. The others' do not: there the file is shown at the
# line, with a button for the editor above it.
_AT_LINE: Mapping[str, str] = {
    "github": "edit/{where}#L{line}",
    "gitlab": "-/edit/{where}#L{line}",
    "gitea": "src/branch/{where}#L{line}",
    "forgejo": "src/branch/{where}#L{line}",
}


def edit_url(repository: Repository, path: str, line: int | None = None) -> str | None:
    """Where `path` (from the repository's root) is edited, at a line of it if one is given.

    None while no repository is set.
    """
    if not (repository.forge and repository.address and repository.branch):
        return None
    form = (_EDITOR if line is None else _AT_LINE)[repository.forge]
    where = f"{quote(repository.branch)}/{quote(path)}"
    return f"{repository.address}/{form.format(where=where, line=line)}"
