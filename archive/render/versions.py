"""The texts that a regulation had and has: how each stands today, and the list to choose from."""

from collections.abc import Callable
from datetime import date, timedelta

from archive.facts.regulations import RegulationEntry, RegulationState
from archive.facts.site import Site
from archive.facts.versions import Version
from archive.render.text import day

Link = Callable[[str, str], str]
"""Makes a link to another page of docs/ from its path and a text."""

CURRENT, PAST, TO_COME = "现行", "已被修改", "尚未施行"


def standing(site: Site, page: str, link: Link) -> dict[str, str]:
    """What is said over a text that is not in force: `standing`, the word, and `banner`, why, as HTML.

    Also over a text in force where the page of the regulation holds another one.
    """
    entry, version = site.versions[page]
    as_of = site.archive.project.as_of
    known = site.texts[entry.id]
    state = entry.state
    time = _time(version, as_of)
    if time == PAST:
        now = next((one for one in known if _time(one, as_of) == CURRENT), known[-1])
        word = "现行文本" if state is RegulationState.IN_FORCE else "最后的文本"
        ended = "" if state is RegulationState.IN_FORCE else f"这项制度{state}。"
        said = f"本页是{_days(version, entry)}的文本。{ended}"
        return {"standing": "已被修改，不是现行文本", "banner": said + _led(now, word, link)}
    if entry.is_over:
        return over(entry)
    if time == TO_COME and state is RegulationState.IN_FORCE:
        now = next(one for one in known if _time(one, as_of) == CURRENT)
        said = f"本页是自{day(version.start)}起施行的文本。"
        return {"standing": "尚未施行，不是现行文本", "banner": said + _led(now, "现行文本", link)}
    if state is RegulationState.TO_COME:
        return {"standing": str(state), "banner": f"自{day(version.start)}起施行。"}
    if version.until:
        following = version.until + timedelta(days=1)
        said = f"本页是现行文本，自{day(following)}起修改。"
        return {"banner": said + _led(known[-1], "修改后的文本", link)}
    return {}


def over(entry: RegulationEntry) -> dict[str, str]:
    """What is said over the page of a regulation that is over."""
    return {"standing": str(entry.state), "banner": f"{day(entry.ended)}起不再有效。"}


def versions_list(site: Site, page: str, link: Link) -> str:
    """The texts of a regulation with their days, as links, the newest first; empty if it has only one."""
    entry, shown = site.versions[page]
    known = site.texts[entry.id]
    if len(known) < 2:
        return ""
    items = []
    for version in reversed(known):
        days, said = _days(version, entry), _said(version, entry, site.archive.project.as_of)
        if version == shown:
            items.append(f"<li><strong>{days}</strong>（{said}，本页）</li>")
        elif version.page:
            items.append(f"<li>{link(version.page, days)}（{said}）</li>")
        else:
            items.append(f"<li>{days}（{said}，{_without_page(version)}）</li>")
    return (
        '<div class="versions screen-only" role="navigation" aria-label="历次文本" data-search-skip>'
        f"<p>历次文本</p><ul>{''.join(items)}</ul></div>"
    )


def _without_page(version: Version) -> str:
    """Why a text has no page."""
    return "太长，没有另成一页" if version.recorded else "未记录原文"


def _said(version: Version, entry: RegulationEntry, as_of: date) -> str:
    time = _time(version, as_of)
    return str(entry.state) if time == CURRENT and not _in_force(entry) else time


def _in_force(entry: RegulationEntry) -> bool:
    return entry.state is RegulationState.IN_FORCE


def _time(version: Version, as_of: date) -> str:
    if version.start > as_of:
        return TO_COME
    return PAST if version.until and version.until < as_of else CURRENT


def _days(version: Version, entry: RegulationEntry) -> str:
    """The days a text was in force, or from when on it is."""
    until = version.until
    if entry.ended and (until is None or until >= entry.ended) and entry.ended > version.start:
        until = entry.ended - timedelta(days=1)
    return f"{day(version.start)}至{day(until)}" if until else f"{day(version.start)}起"


def _led(version: Version, word: str, link: Link) -> str:
    if not version.page:
        return f"{word}没有另成一页。" if version.recorded else f"{word}未记录。"
    return f"见{link(version.page, word)}。"
