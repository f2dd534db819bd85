"""Addresses in the forge's own editor, for whoever wants to mend what they are reading."""

from urllib.parse import quote

from archive.schema.unit import Repository

_EDIT = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit", "forgejo": "_edit"}


def edit_url(repository: Repository, path: str) -> str | None:
    """Where `path` (from the repository's root) is edited; None while no repository is set."""
    if not (repository.forge and repository.address and repository.branch):
        return None
    where = f"{quote(repository.branch)}/{quote(path)}"
    return f"{repository.address}/{_EDIT[repository.forge]}/{where}"
