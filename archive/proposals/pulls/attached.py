"""Files that somebody attached to an issue: found in what was filed, fetched from the forge alone."""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from archive.files.bounds import MAX_ATTACHMENT
from archive.proposals.pulls.forge import Forge, ForgeError

_ADDRESS = re.compile(
    r"https?://[^\s()<>\[\]\"'`]+"
    r"|(?<![^\s(\"'])/(?:(?:[\w.-]+/){0,4}attachments/[\w-]+|uploads/[0-9a-f]{32}/[^\s()<>\[\]\"'`/]+)"
)
_UPLOADS = {
    "github": r"/(?:user-attachments|{repository})/(?:files|assets)/[0-9a-f-]+(?:/[^/]*)?",
    "gitea": r"(?:/{repository})?/attachments/[0-9a-f-]+",
    "gitlab": r"/uploads/[0-9a-f]{{32}}/[^/]+",
}
"""Kind of forge → the paths of what is dragged into an issue of the repository; those not named: as Gitea.

No other path of the forge: the owner of another repository there can have one lead to any server.
"""


class UnfetchableError(Exception):
    """What was attached cannot be had; text in Chinese."""


def attached(forge: Forge, texts: Sequence[str]) -> list[str]:
    """Return the addresses of what is attached to an issue, in order, each once.

    `texts` are what was filed. Addresses of other servers are no attachments: they are never fetched.
    """
    home = urlsplit(forge.web)
    within = home.path.rstrip("/")
    pattern = _UPLOADS.get(forge.kind, _UPLOADS["gitea"])
    path = re.compile(pattern.format(repository=re.escape(forge.repository)), re.ASCII)
    found: dict[str, None] = {}
    for one in (one for text in texts for one in _ADDRESS.findall(text)):
        try:
            to = urlsplit(one)
        except ValueError:  # the name of no host
            continue
        if one.startswith("/"):
            there = to.path.removeprefix(within) if to.path.startswith(f"{within}/") else to.path
        elif to[:2] == home[:2] and to.path.startswith(f"{within}/"):
            there = to.path.removeprefix(within)
        else:
            continue
        if path.fullmatch(there) and _is_name(there.rpartition("/")[2]):
            found[f"{home.scheme}://{home.netloc}{within}{there}"] = None
    return list(found)


_LINK = re.compile(
    r"\[(?P<text>[^\[\]\n]{0,300})\]\((?P<to>[^()\s]{1,2000})[^()\n]{0,300}\)|<img\s(?P<image>[^<>]{0,2000})>"
)
_ATTRIBUTE = re.compile(r"(alt|src)=[\"']([^\"']*)[\"']")


def named(forge: Forge, texts: Sequence[str]) -> dict[str, str]:
    """Return the address of each attachment, in order → what the one who attached it calls it.

    That is the text of the link that the forge has made: an address may end with anything.
    """
    names: dict[str, str] = {}
    for text in texts:
        for found in _LINK.finditer(text):
            image = dict(_ATTRIBUTE.findall(found["image"] or ""))
            to, name = found["to"] or image.get("src", ""), found["text"] or image.get("alt", "")
            names |= dict.fromkeys(attached(forge, [to]), name.strip())
    addresses = attached(forge, texts)
    return {one: names.get(one) or _last_part(one) for one in addresses}


def _last_part(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])


def _is_name(part: str) -> bool:
    """Whether the last part of an address stays the last part for a server that decodes it."""
    name = unquote(part)
    return name not in (".", "..") and not re.search(r"[/\\\0]", name)


def fetch_one(forge: Forge, texts: Sequence[str]) -> bytes:
    """Return the one file that is attached among `texts`. Raises UnfetchableError."""
    found = attached(forge, texts)
    if len(found) != 1:
        raise UnfetchableError(
            f"“表格”一栏须只有一个拖进来的文件，现有 {len(found)} 个；请只留一个"
            if found
            else "“表格”一栏须有一个拖进来的文件，现没有；请把填好的 .xlsx 拖到这一栏里，等它变成链接再保存"
        )
    return fetch(forge, found[0])


def fetch(forge: Forge, address: str) -> bytes:
    """Return the content of an attachment. Raises UnfetchableError."""
    try:
        return forge.fetch(address, MAX_ATTACHMENT)
    except ForgeError as error:
        name = _last_part(address)
        raise UnfetchableError(
            f"拖进来的文件须能取得，{name} 现为：{error}；请删去这个链接，把文件（太大的先缩小）重新拖进来，再保存"
        ) from None
