"""The forge of a clone that somebody works in, for commands that ask it where a token is there."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from archive.proposals.pulls.github import BOTS, GitHub
from archive.schema.unit import Repository as Editor

TOKEN = "ARCHIVE_TOKEN"
"""The environment variable of a token for commands run by hand."""
_SCP = re.compile(r"(?:[^/@:]+@)?(?P<host>[^/@:]+):(?P<path>(?!//)[^:]+)")


def forge_of_clone(
    origin: str, known: Editor | None, environment: Mapping[str, str]
) -> GitHub | None:
    """The forge that the clone's remote `origin` is on; None without a token, or if it is not known which.

    A token goes to the host of `origin` alone, which whoever made the clone has chosen, and never to an
    address that stands in the data.
    """
    kind = (known.forge if known else None) or ""
    if kind not in BOTS:
        return None
    api, repository, token = (environment.get(name, "") for name in GitHub.environment[:3])
    if api and repository and token:
        return GitHub(kind, api, repository, token)
    token = environment.get(TOKEN, "")
    web = web_address(origin, known)
    if not token or not web:
        return None
    parts = urlsplit(web)
    *within, owner, name = parts.path.strip("/").split("/")
    start = f"{parts.scheme}://{parts.netloc}"
    if kind == "github":
        api = f"{start}/api/v3" if parts.hostname != "github.com" else "https://api.github.com"
    else:
        api = "/".join([start, *within, "api/v1"])
    return GitHub(kind, api, f"{owner}/{name}", token)


def web_address(origin: str, known: Editor | None) -> str | None:
    """The web address of the repository at `origin`, without a password; None if it is not on a server.

    A remote over SSH does not tell it: the one that is recorded is taken if it has the same host.
    """
    parts = urlsplit(origin)
    if parts.scheme in ("http", "https"):
        path = parts.path
        start = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    else:
        found = _SCP.fullmatch(origin)
        over_ssh = parts.hostname if parts.scheme == "ssh" else None
        host, path = (found["host"], found["path"]) if found else (over_ssh, parts.path)
        if not host:
            return None
        stated = urlsplit(known.address or "") if known else urlsplit("")
        start = (
            f"{stated.scheme}://{stated.netloc}" if stated.hostname == host else f"https://{host}"
        )
    path = path.strip("/").removesuffix(".git")
    return f"{start}/{path}" if path.count("/") else None
