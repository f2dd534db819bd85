"""Rules for the pages: macros, ids, masks, headings, navigation, links."""

import re
from collections.abc import Iterator

from archive.checks.counting import approximated_after, approximated_before, unit_again
from archive.checks.problems import repeated
from archive.facts.figures import Value
from archive.facts.macros import MACROS, anchors, anchors_known
from archive.facts.places import REPORT, address, report_pages, resolve_link
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.pages import INTERNAL, Link, Page
from archive.files.spans import Call, fill, overlaps
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.leaks.visible import visible_text
from archive.schema.collections import COLLECTIONS
from archive.schema.fields import fields


def _calls(site: Site) -> Iterator[tuple[Page, Call]]:
    for page in site.archive.pages.values():
        for call in page.calls:
            yield page, call


def macros_are_well_formed(site: Site) -> Iterator[Problem]:
    """Double braces hold a call of one known macro, in its form; no other syntax of Jinja is used."""
    for page in site.archive.pages.values():
        for offset, message in page.faults:
            yield page.problem(offset, message)
    for page, call in _calls(site):
        if call.name not in MACROS:
            yield page.problem(call.start, f"没有宏 {call.name}{suggestion(call.name, MACROS)}")
        elif not MACROS[call.name].fits(call):
            yield page.problem(call.start, f"宏 {call.name} 须写作 {MACROS[call.name].written}")


def the_report_is_whole(site: Site) -> Iterator[Problem]:
    """If a page shows the whole report, all pages of the report exist, and it is none of them."""
    for page, call in _calls(site):
        missing = [path for path in REPORT if path not in site.archive.pages]
        if call.name == "report" and page.path in REPORT:
            yield page.problem(call.start, "报告的各页里不得有宏 report，它显示的就是这些页")
        elif call.name == "report" and missing:
            yield page.problem(call.start, f"报告的各页须齐全，没有 {'、'.join(missing)}")


def ids_are_known(site: Site) -> Iterator[Problem]:
    """`fig`, `name`, `table`, `records` and `honours` are called with ids that exist.

    Options of `table` and `honours` are fields of the collection, with values that it has.
    """
    for page, call in _calls(site):
        macro = MACROS.get(call.name)
        if macro is None or not macro.fits(call):
            continue
        if call.name == "fig" and "figures" in site.archive.unread:
            continue  # not all ids are known
        ids = list(macro.ids(site))
        for id_ in map(str, call.args):
            # No ids at all means that their file could not be read, which has been reported.
            if (ids or macro.any_number) and id_ not in ids:
                yield page.problem(call.start, f"没有{macro.named} {id_}{suggestion(id_, ids)}")
        if collection := macro.collection(call):
            yield from _unknown_options(page, call, collection)


def _unknown_options(page: Page, call: Call, collection: str) -> Iterator[Problem]:
    model = COLLECTIONS[collection].model
    known_fields = ["year", *fields(model)]
    for option, value in call.options:
        if option not in known_fields:
            yield page.problem(
                call.start, f"台账 {collection} 没有字段 {option}{suggestion(option, known_fields)}"
            )
        elif isinstance(value, str) and option != "year":
            known = fields(model)[option].value.words
            if known and value not in known:
                hint = suggestion(value, known)
                message = f"字段 {option} 的取值须是台账 {collection} 里有的，没有 {value}{hint}"
                yield page.problem(call.start, message)


def macros_stay_out_of_code(site: Site) -> Iterator[Problem]:
    """Code and comments hold no macro: it would run, although it looks as if it would not."""
    for page, call in _calls(site):
        if overlaps(page.hidden, call.start, call.start + 1):
            yield page.problem(
                call.start,
                f"代码和注释里不得有宏，现有 {call.name}；要原样显示请放进 raw 块",
            )


def units_are_not_typed_again(site: Site) -> Iterator[Problem]:
    """No unit or approximating word is typed beside `fig`, which prints them itself."""
    for page, call in _calls(site):
        value = site.values.get(str(call.args[0])) if call.name == "fig" and call.args else None
        if value:
            yield from _typed_again(page, call, value)


def _typed_again(page: Page, call: Call, value: Value) -> Iterator[Problem]:
    after = page.text[call.end : call.end + 24].lstrip(" \u3000*_")
    before = page.text[max(0, call.start - 24) : call.start].rstrip(" \u3000*_")
    if typed := unit_again(after, value.figure.unit):
        yield page.problem(call.end, f"宏 fig 已带单位，其后不得再写“{typed}”")
    elif typed := approximated_after(after):
        yield page.problem(call.end, f"约数写法须由指标登记决定，其后不得再写“{typed}”")
    if typed := approximated_before(before):
        yield page.problem(call.start, f"约数写法须由指标登记决定，其前不得再写“{typed}”")


_LETTERS = re.compile(r"[^\W\d_]+")


def internal_marks_are_exact(site: Site) -> Iterator[Problem]:
    """A comment that begins with 内部 marks its lines as not public, so it is written in just one way."""
    for page in site.archive.pages.values():
        for start, end in page.comments:
            written = page.text[start:end]
            letters = "".join(_LETTERS.findall(visible_text(written).text))
            if letters.startswith("内部") and (not INTERNAL.fullmatch(written) or "\n" in written):
                message = (
                    "以“内部”开头的注释须写作 <!-- 内部 --> 或 <!-- 内部：原因 -->，写在一行里，"
                    f"现为：{shorten(written)}"
                )
                yield page.problem(start, message)


def headings_keep_their_ids(site: Site) -> Iterator[Problem]:
    """Headings of the report, and headings with a macro, have explicit ids; ids are unique on a page."""
    in_report = {page.path for page in report_pages(site.archive)}
    for page in site.archive.pages.values():
        for heading, _ in repeated(page.headings, lambda heading: heading.id):
            if heading.explicit:
                yield page.problem(heading.start, f"标题编号在一页内须唯一，{heading.id} 已用过")
        for heading in page.headings:
            rest = page.text[heading.start :].split("\n", 1)[0]
            if not heading.explicit and (
                "{{" in rest or (page.path in in_report and heading.level > 1)
            ):
                yield page.problem(heading.start, "标题须写明固定编号，如 { #planning }")


MAX_SIGNS, MAX_LEVELS, MAX_LINE, MAX_CELLS = 500, 20, 20_000, 20_000
MAX_LOOKED_AT = 30_000_000
"""Signs of one page at which the engine may look for the ends of its brackets: about three seconds."""
_PARAGRAPH = re.compile(r"(?:[^\n]*[^\s][^\n]*+(?:\n|\Z))++")
_NESTING = re.compile(r"(?:[ \t]*(?:[-*+>]|[0-9]{1,9}[.)])(?=[ \t]|$))+|[ \t]+")
_COSTLY = "[]*_`<!~^"
_COSTLY_ON_PAGE = {"[^": MAX_SIGNS}
"""What the engine takes long for wherever on a page it stands, and how many a page may have."""


def pages_are_simple(site: Site) -> Iterator[Problem]:
    """No line is so long or nested so deep, and no paragraph, table or page holds so much, that the engine hangs."""
    for page in site.archive.pages.values():
        at = 0
        for line in fill(page.text, page.hidden, "x").split("\n"):
            if len(line) > MAX_LINE:
                yield page.problem(at, f"一行须不超过 {MAX_LINE} 个字，现有 {len(line)} 个，请分段")
            elif (nested := _NESTING.match(line)) and _levels(nested[0]) > MAX_LEVELS:
                yield page.problem(at, f"列表、引用、缩进须不超过 {MAX_LEVELS} 层")
            at += len(line) + 1
        for sign, most in _COSTLY_ON_PAGE.items():
            if (count := page.plain.count(sign)) > most:
                start = page.plain.find(sign)
                yield page.problem(
                    start, f"一页里的 {sign} 须不超过 {most} 个，现有 {count} 个，请分页"
                )
        looked_at = 0
        for found in _PARAGRAPH.finditer(page.plain):
            text = found[0]
            # The engine fills each row of a table up to as many cells as its widest has.
            lines = text.splitlines()
            if (cells := max(line.count("|") for line in lines) * len(lines)) > MAX_CELLS:
                message = f"一张表须不超过 {MAX_CELLS} 格（行数乘以最多的列数），现有 {cells} 格，请分成几张"
                yield page.problem(found.start(), message)
            if sign := next((one for one in _COSTLY if text.count(one) > MAX_SIGNS), ""):
                message = (
                    f"一段里的 {sign} 须不超过 {MAX_SIGNS} 个，现有 {text.count(sign)} 个，请分段"
                )
                yield page.problem(found.start(), message)
                continue
            looked_at += text.count("[") * len(text)  # for each, to the end of its paragraph
            if looked_at > MAX_LOOKED_AT:
                message = (
                    f"各段 [ 的个数乘以字数，一页合计须不超过 {MAX_LOOKED_AT}，到这一段为 {looked_at}，"
                    "请把长段分成短段，或者分成几页"
                )
                yield page.problem(found.start(), message)
                break


def _levels(nested: str) -> int:
    return sum(one in "-*+>.)" for one in nested) + len(nested.expandtabs(4)) // 4


def addresses_are_unique(site: Site) -> Iterator[Problem]:
    """No two pages have one address on the site: `a.md` and `a/index.md` would be the same page there."""
    pages = sorted(site.archive.pages.values(), key=lambda page: page.path)
    for page, first in repeated(pages, lambda page: address(page.path).casefold()):
        yield Problem(
            page.file,
            1,
            f"网页的地址须唯一，{first.file} 的也是 {address(page.path)}，请换一个名称",
        )


def pages_are_in_the_navigation(site: Site) -> Iterator[Problem]:
    """Every page is in the navigation, and the navigation names only pages that exist."""
    archive = site.archive
    if not archive.navigation:
        return  # without `nav` MkDocs lists every page; a `nav` that cannot be read has been reported
    named = {path for path, _ in archive.navigation}
    for path, page in archive.pages.items():
        if path not in named:
            yield Problem(page.file, 1, "页面须列入 mkdocs.yml 的导航（nav）")
    for path, line in archive.navigation:
        if path.endswith(".md") and path not in archive.pages:
            yield Problem(
                "mkdocs.yml",
                line,
                f"导航所列页面须在 docs/ 下，没有 {path}{suggestion(path, archive.pages)}",
            )


def links_can_be_read(site: Site) -> Iterator[Problem]:
    """Every link is written in a form that `Page.links` reads, so that its target can be checked."""
    for page in site.archive.pages.values():
        for offset in page.unread:
            if page.text[offset] == "<":
                continue  # `markup` refuses whatever of HTML is not written so that it is read
            shown = page.text[offset:].split("\n", 1)[0]
            yield page.problem(
                offset,
                f"链接须写作 [文字](路径)，文字在一行内、不含方括号，现有：{shorten(shown, 40)}",
            )


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    """Links within the site are relative and lead to a page, file and heading that exist."""
    for page in site.archive.pages.values():
        for link in page.links:
            fault = _link_fault(site, page, link)
            if fault:
                yield page.problem(link.start, fault)


def _link_fault(site: Site, page: Page, link: Link) -> str | None:
    target = link.target
    if re.match(r"(?:https?:)?//", target):
        return f"图片须放在站内，现为 {target}" if link.embedded else None
    if re.match(r"(?:mailto|tel):", target):
        return None
    path, _, anchor = target.partition("#")
    if path.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", path):
        return f"站内链接须写相对路径，现为 {target}"
    inside = resolve_link(page.path, path)
    if inside not in site.archive.docs:
        near = suggestion(inside, site.archive.pages) if inside.endswith(".md") else ""
        return f"链接所指须在 docs/ 下，没有 {inside}{near}"
    leads_to = site.archive.pages.get(inside)
    if leads_to and not anchors_known(site, leads_to):
        return None
    if anchor and leads_to and anchor not in anchors(site, leads_to):
        return f"链接所指标题须在 {inside} 中，没有 #{anchor}{suggestion(anchor, sorted(anchors(site, leads_to)))}"
    return None
