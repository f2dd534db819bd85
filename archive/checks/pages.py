"""Rules for the pages: macros, ids, masks, headings, navigation, links."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive.checks.problems import ADD_FILE, called, each_page, repeated
from archive.facts.macros import MACROS, anchors, anchors_known
from archive.facts.site import Site
from archive.files.addresses import Address, address, markdown_address, resolve_link
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.html import SCHEMES, TAG, attributes, scheme
from archive.files.links import Link
from archive.files.markdown import by_lines, visible
from archive.files.own_files import GUIDE_LEADS_TO
from archive.files.pages import INTERNAL, MACRO, Page
from archive.files.settings import MAX_LISTED
from archive.files.spans import Call, Span, fill, overlaps
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.leaks.visible import visible_text
from archive.schema.fields import fields
from archive.schema.page_models import is_public


def calls(site: Site) -> Iterator[tuple[Page, Call]]:
    """Yield every call of a macro with its page."""
    for page in site.archive.written.values():
        for call in page.calls:
            yield page, call


def macros_are_well_formed(site: Site) -> Iterator[Problem]:
    """Double braces hold a call of one known macro, in its form; no other syntax of Jinja is used."""
    for page in site.archive.written.values():
        for offset, message in page.faults:
            yield page.problem(offset, message)
    for page, call in calls(site):
        if call.name not in MACROS:
            yield page.problem(call.start, f"没有宏 {call.name}{suggestion(call.name, MACROS)}")
        elif not MACROS[call.name].fits(call):
            yield page.problem(call.start, f"宏 {call.name} 须写作 {MACROS[call.name].written}")


_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*+\\$")


def macros_follow_no_backslash(site: Site) -> Iterator[Problem]:
    """No backslash stands right before a macro: it would take the sense from what the macro writes."""
    for page, call in calls(site):
        if _BACKSLASHES.search(page.text, max(0, call.start - 100), call.start):
            yield page.problem(call.start, f"宏 {call.name} 前不得紧接反斜杠 \\；请删去反斜杠")


def no_report_holds_itself(site: Site) -> Iterator[Problem]:
    """A page that shows a whole report is no page of a report."""
    parts = site.report_parts
    for page, call in calls(site):
        if call.name == "report" and page.path in parts:
            yield page.problem(
                call.start,
                "报告的各页里不得有宏 report，它显示的就是这些页；请删去，或者移到另外的一页",
            )


def ids_are_known(site: Site) -> Iterator[Problem]:
    """`fig`, `name`, `table`, `records` and `honours` are called with ids that exist.

    Options of `table` and `honours` are fields of the collection, with values that it has.
    """
    for page, call in calls(site):
        macro = MACROS.get(call.name)
        if macro is None or not macro.fits(call):
            continue
        if call.name in ("fig", "change") and "figures" in site.archive.unread:
            continue  # not all ids are known
        ids = list(macro.ids(site))
        for id_ in map(str, call.args):
            # No ids at all means that their file could not be read, which has been reported.
            if (ids or macro.any_number) and id_ not in ids:
                hint = suggestion(id_, ids, called(site.archive))
                yield page.problem(call.start, f"没有{macro.named} {id_}{hint}")
        collection = macro.collection(call, site.archive.collections)
        if collection and collection not in site.archive.faulty:
            yield from _unknown_options(site, page, call, collection)


def _unknown_options(site: Site, page: Page, call: Call, collection: str) -> Iterator[Problem]:
    model = site.archive.collections[collection].model
    known_fields = ["year", *fields(model)]
    labels = site.archive.collections[collection].labels
    for option, value in call.options:
        if option not in known_fields:
            yield page.problem(
                call.start,
                f"台账 {collection} 没有字段 {option}{suggestion(option, known_fields, labels)}",
            )
        elif isinstance(value, str) and option != "year":
            known = fields(model)[option].value.words
            if known and value not in known:
                hint = suggestion(value, known)
                message = f"字段 {option} 的取值须是台账 {collection} 里有的，没有 {value}{hint}"
                yield page.problem(call.start, message)


def macros_stay_out_of_code(site: Site) -> Iterator[Problem]:
    """Code and comments hold no macro: it would run, although it looks as if it would not."""
    for page, call in calls(site):
        if overlaps(page.hidden, call.start, call.start + 1):
            yield page.problem(
                call.start,
                f"代码和注释里不得有宏，现有 {call.name}；要原样显示请放进 raw 块",
            )


@each_page
def blocks_stand_alone(page: Page) -> Iterator[Problem]:
    """A macro that makes blocks is a paragraph of its own, in no list, quotation or table."""
    calls = [call for call in page.calls if call.name in MACROS and not MACROS[call.name].flows]
    alone = set(_alone(page)) if calls else set()
    for call in calls:
        if page.line(call.start) not in alone and not overlaps(
            page.hidden, call.start, call.start + 1
        ):
            written = MACROS[call.name].written
            yield page.problem(call.start, f"{written} 须自成一段；请顶格写，前后空一行")


def macros_lead_to_their_pages(site: Site) -> Iterator[Problem]:
    """The pages to which a macro links are there, and show what it links to."""
    for page, call in calls(site):
        for shown, home in MACROS[call.name].homes if call.name in MACROS else ():
            there = site.archive.pages.get(home)
            if there is None or not any(one.name == shown for one in there.calls):
                message = (
                    f"宏 {call.name} 链接到 {home}，须有这一页，页里有 {MACROS[shown].written}"
                )
                yield page.problem(call.start, f"{message}，现在没有；请在那一页加上")


def _alone(page: Page) -> Iterator[int]:
    """The lines, from 1, of the paragraphs that are one macro and stand in nothing else."""
    for token in page.tokens:
        if token.type == "inline" and token.level == 1 and token.content == MACRO and token.map:
            yield token.map[0] + 1


_LETTERS = re.compile(r"[^\W\d_]+")
_MEANT = re.compile(
    "[内內]部|公[开開]|外[传傳]|[保涉秘绝絕]密|[机機]密|internal|confidential|private|secret|neibu",
    re.IGNORECASE,
)
"""The letters of what somebody may write who means that a line is not public."""
_OPENING, _DASH, _CLOSING = "<＜﹤〈《‹«⟨", "\u2010-\u2015\u2212\uff0d_-", ">＞﹥〉》›»⟩"
_ALMOST = re.compile(
    rf"[{_OPENING}]\s{{0,3}}(?:[!！﹗ǃ]|[{_DASH}]\s?[{_DASH}])[^\n{_OPENING}{_CLOSING}]{{0,40}}+[{_CLOSING}]?"
    rf"|(?P<end>[{_DASH}]\s?[{_DASH}]\s{{0,3}}[{_CLOSING}])"
)
"""What looks like a comment, or like the end of one, and is none."""


@each_page
def internal_marks_are_exact(page: Page) -> Iterator[Problem]:
    """A comment that may say that its lines are not public is written in just one way, and nothing looks like it."""
    for offset, written in _almost_internal(page):
        message = (
            "标明一行不公开的须写作 <!-- 内部 --> 或 <!-- 内部：原因 -->，用半角符号，写在一行里，不放在代码里，"
            f"现为：{shorten(written)}；不是标明的，请换一个说法"
        )
        yield page.problem(offset, message)


def _almost_internal(page: Page) -> Iterator[tuple[int, str]]:
    """Yield what may be meant as a mark of an internal line and is none, with its offset."""
    faults = {offset for offset, _ in page.faults}  # one cause, one message
    for start, end in page.comments:
        written = page.text[start:end]
        exact = INTERNAL.fullmatch(written) and "\n" not in written
        if not exact and start not in faults and _means_internal(visible_text(written).text):
            yield start, written
    if is_public(page.path, page.meta):  # others, such as the guide, may show how a mark is written
        shown = visible_text(fill(page.text, page.comments))
        for found in _ALMOST.finditer(shown.text):
            begin, end = found.span()
            if found["end"]:
                begin = max(shown.text.rfind("\n", max(0, begin - 40), begin) + 1, begin - 40)
            if _means_internal(shown.text[begin:end]):
                yield shown.written_at(begin), shown.text[begin:end]


def _means_internal(text: str) -> bool:
    return bool(_MEANT.search("".join(_LETTERS.findall(text))))


def headings_keep_their_ids(site: Site) -> Iterator[Problem]:
    """Headings of the report, and headings with a macro, have explicit ids; ids are unique on a page.

    What a macro lists on the page has ids as well.
    """
    in_report = site.report_parts
    for page in site.archive.written.values():
        for heading, _ in repeated(page.headings, lambda heading: heading.id):
            if heading.explicit:
                yield page.problem(
                    heading.start, f"标题编号在一页内须唯一，{heading.id} 已用过；请换一个编号"
                )
        made = {id_: call for call in page.calls for id_ in _made(site, page, call)}
        for heading in page.headings:
            if call := made.get(heading.id):
                message = f"标题编号在一页内须唯一，{heading.id} 已由宏 {call.name} 用过；请换一个编号，如 {{ #{heading.id}-2 }}"
                yield page.problem(heading.start, message)
        for heading in page.headings:
            if "｛" in heading.text:
                continue  # an id, as it seems, in braces that are told of
            rest = page.text[heading.start : heading.start + MAX_LINE].split("\n", 1)[0]
            if not heading.text.strip() and "{{" not in rest:
                yield page.problem(
                    heading.start,
                    "标题须有文字，写作 ## 标题，现在没有；请写上文字，或者删去这一行",
                )
                continue
            if not heading.explicit and (
                "{{" in rest or (page.path in in_report and heading.level > 1)
            ):
                yield page.problem(
                    heading.start, "标题须写明固定编号；请在标题后写上，如 { #planning }"
                )


def _made(site: Site, page: Page, call: Call) -> Iterable[str]:
    """Return the ids that a call makes on the page."""
    macro = MACROS.get(call.name)
    return macro.anchors(site, page, call) if macro and macro.fits(call) else ()


def a_whole_report_keeps_its_ids(site: Site) -> Iterator[Problem]:
    """Where a page shows a report whole, no two headings of that report have one id."""
    for id_ in sorted({*site.whole_reports.values()} & site.archive.reports.keys()):
        there = site.archive.pages_of(id_)
        headings = ((page, heading) for page in there for heading in page.headings)
        for (page, heading), (first, _) in repeated(headings, lambda one: one[1].id):
            if first is not page:
                message = f"报告全文里各页合成一页，标题编号须唯一，{heading.id} 已在 {first.file} 用过；请换一个编号，如 {{ #{heading.id}-2 }}"
                yield page.problem(heading.start, message)


MAX_SIGNS, MAX_LEVELS, MAX_LINE, MAX_CELLS, MAX_LISTS = 500, 20, 20_000, 20_000, 100
MAX_LOOKED_AT = 30_000_000
"""Signs of one page at which the engine may look for the ends of its brackets: about three seconds."""
_PARAGRAPH = re.compile(r"^(?:[^\S\n]*+\S[^\n]*+(?:\n|\Z))++", re.MULTILINE)
_NESTING = re.compile(r"(?:[ \t]*(?:[-*+>]|[0-9]{1,9}[.)])(?=[ \t]|$))+|[ \t]+")
_COSTLY = "[]*_`<!~^"
_COSTLY_ON_PAGE = {"[^": MAX_SIGNS}
"""What the engine takes long for wherever on a page it stands, and how many a page may have."""


@each_page
def pages_are_simple(page: Page) -> Iterator[Problem]:
    """No line is so long or nested so deep, and no paragraph, table or page holds so much, that the engine hangs."""
    at = 0
    for line in fill(page.text, page.hidden, "x").split("\n"):
        if len(line) > MAX_LINE:
            yield page.problem(at, f"一行须不超过 {MAX_LINE} 个字，现有 {len(line)} 个，请分段")
        elif (nested := _NESTING.match(line)) and _levels(nested[0]) > MAX_LEVELS:
            yield page.problem(at, f"列表、引用、缩进须不超过 {MAX_LEVELS} 层；请少缩进几层")
        at += len(line) + 1
    for sign, most in _COSTLY_ON_PAGE.items():
        if (count := page.plain.count(sign)) > most:
            start = page.plain.find(sign)
            yield page.problem(
                start, f"一页里的 {sign} 须不超过 {most} 个，现有 {count} 个，请分页"
            )
    lists = [call for call in page.calls if _lists(call)]
    if len(lists) > MAX_LISTS:
        message = f"一页里列出记录的宏须不超过 {MAX_LISTS} 处，现有 {len(lists)} 处，请删去重复的，或者分成几页"
        yield page.problem(lists[MAX_LISTS].start, message)
    looked_at = 0
    for found in _PARAGRAPH.finditer(page.plain):
        text = found[0]
        # The engine fills each row of a table up to as many cells as its widest has.
        lines = text.splitlines()
        if (cells := max(line.count("|") for line in lines) * len(lines)) > MAX_CELLS:
            message = (
                f"一张表须不超过 {MAX_CELLS} 格（行数乘以最多的列数），现有 {cells} 格，请分成几张"
            )
            yield page.problem(found.start(), message)
        if sign := next((one for one in _COSTLY if text.count(one) > MAX_SIGNS), ""):
            message = f"一段里的 {sign} 须不超过 {MAX_SIGNS} 个，现有 {text.count(sign)} 个，请分段"
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


def _lists(call: Call) -> bool:
    """Whether a call is known to show many records in place of its few signs."""
    macro = MACROS.get(call.name)
    return macro is not None and (not macro.flows or bool(macro.of and call.options))


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


_PAGE_NAME = re.compile(
    r"(?!(?:templates|print|search|assets)/)(?:[\w.-]+/)*(?!README\.md|404\.md)[\w.-]+\.md"
)


@each_page
def pages_have_plain_names(page: Page) -> Iterator[Problem]:
    """The path of a page is its address: letters, digits, dots, dashes; no name that the engine or the site uses."""
    if not _PAGE_NAME.fullmatch(page.path):
        rule = (
            "页面的路径须由汉字、字母、数字、点、短横、下划线组成，不叫 README.md、404.md，"
            "不在 templates、print、search、assets 目录里"
        )
        yield Problem(page.file, 1, f"{rule}，现为 {shorten(page.path, 100)}；请改名")


def pages_are_in_the_navigation(site: Site) -> Iterator[Problem]:
    """Every page is in the navigation, and the navigation names only pages that exist."""
    archive = site.archive
    if not archive.navigation:
        # Without `nav` MkDocs lists every page; a `nav` that cannot be read has been reported.
        count = len(archive.pages.keys() - archive.made)
        if count > MAX_LISTED and SETTINGS not in {one.path for one in archive.problems}:
            message = (
                f"超过 {MAX_LISTED} 页的须写导航（nav），现有 {count} 页而没有写；请把各页分节列入"
            )
            yield Problem(SETTINGS, 1, message)
        return
    named = {path for path, _ in archive.navigation}
    # Entries that cannot be understood may be meant for the pages that are missing.
    unread = any(problem.path == SETTINGS for problem in archive.problems)
    unread |= any(path.endswith(".md") and path not in archive.pages for path in named)
    for path, page in archive.pages.items():
        placed = path in named or path in archive.made
        if not placed and not unread and not _is_of_no_ledger(site, page):
            yield Problem(
                page.file,
                1,
                f"页面须列入 mkdocs.yml 的导航（nav）；请在 nav 里加一行 - {page.path}",
            )
    for path, line in archive.navigation:
        title, colon, inside = path.partition("：")
        if colon and inside in archive.pages:
            message = (
                f"标题后须为英文冒号，冒号后空一格，现为：- {path}；请改为：- {title}: {inside}"
            )
            yield Problem(SETTINGS, line, message)
        elif path.endswith(".md") and path not in archive.pages:
            yield Problem(
                SETTINGS,
                line,
                f"导航所列页面须在 docs/ 下，没有 {path}{suggestion(path, archive.pages)}",
            )


def _is_of_no_ledger(site: Site, page: Page) -> bool:
    """Return whether a page is for the records of a ledger that is gone, which is told of elsewhere."""
    name = page.path.removeprefix("records/").removesuffix(".md")
    calls = [call for call in page.calls if call.name == "records" and call.args == (name,)]
    return bool(calls) and name not in site.archive.collections


@each_page
def links_can_be_read(page: Page) -> Iterator[Problem]:
    """Every link is written in a form that `Page.links` reads, so that its target can be checked."""
    for offset in page.unread:
        shown = page.text[offset : offset + 99].split("\n", 1)[0]
        yield page.problem(
            offset,
            "链接须写作 [文字](路径)，在一行内；文字里不含方括号，路径里不含宏，有空格的路径写作 <路径>，"
            f"现有：{shorten(shown, 40)}",
        )
    inside = list(_texts_of_links(page))
    for call in page.calls:
        if call.name in _LINKING and overlaps(inside, call.start, call.end):
            message = f"链接的文字里不得有宏 {call.name}，它自己就是链接；请放到链接外面"
            yield page.problem(call.start, message)


_LINKING = ("fig", "change", "honours")
"""The macros that make links within a line."""


def _texts_of_links(page: Page) -> Iterator[Span]:
    """The spans of the texts of links, in order and apart."""
    done = 0
    for link in page.links:
        start, end = link.text
        if link.form == "html" and not link.embedded:
            start, end = link.end, page.plain.find("</a>", link.end)
        if link.form != "definition" and done <= start < end:
            done = end
            yield start, end


def pictures_have_a_text(site: Site) -> Iterator[Problem]:
    """Every picture has a text to be read in its place, without macros: print files cannot be made without."""
    for page in site.archive.written.values():
        lines = [*_silent_pictures(page)] if "![" in page.plain else []
        for link in page.links:
            there = link.embedded and link.to.file in site.archive.docs
            tag = TAG.match(page.plain, link.begin) if there else None
            if tag and not dict(attributes(tag["attributes"])).get("alt", "").strip():
                lines.append(page.line(link.begin))
        for line in lines:
            message = '图片须有说明，里面没有宏，写作 ![说明](路径) 或 <img src="路径" alt="说明">，现在没有'
            yield Problem(page.file, line, message)


def _silent_pictures(page: Page) -> Iterator[int]:
    """The lines, from 1, of pictures in Markdown without a text, or with a macro in it."""
    for token in page.tokens:
        start = token.map[0] + 1 if token.map else 1
        for line, child in by_lines(token):
            shown = "".join(map(visible, child.children or ()))
            if child.type == "image" and (not shown.strip() or MACRO in shown):
                yield start + line


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    """Links within the site are relative and lead to a page, file and heading that exist."""
    for page in site.archive.written.values():
        for link in page.links:
            fault = _link_fault(site, page, link) if link.to.file else _outside_fault(page, link)
            if fault:
                yield page.problem(link.start, fault)


def the_guide_leads_somewhere(site: Site) -> Iterator[Problem]:
    """The pages to which the guide of the program leads are there."""
    archive = site.archive
    missing = [path for path in GUIDE_LEADS_TO if path not in archive.pages]
    named = [line for path, line in archive.navigation if path in archive.brought]
    if missing and named:
        message = f"指南里的链接通到的页面须都有，现没有 {'、'.join(missing)}；请在 docs/ 下恢复"
        yield Problem(SETTINGS, named[0], message)


def _outside_fault(page: Page, link: Link) -> str | None:
    written = shorten(link.to.written)
    led = scheme(link.to.written)
    if led not in {"//", *SCHEMES}:
        better = "../files/文件.pdf"
        if written.startswith("/"):
            path, sign, anchor = written.lstrip("/").partition("#")
            better = markdown_address(page.path, Address("", path)) + sign + anchor
        return f"站内链接须写相对路径，现为 {written}；请改写为相对路径，如 {better}"
    if link.embedded:
        return f"图片须放在站内，现为 {written}；请存到 docs/files/，写它的相对路径"
    if led == "//" or (led.startswith("http") and not _has_host(link.to.written)):
        return f"通到别的网站的链接须写全，如 https://www.example.cn/，现为 {written}；请改写为 https:// 开头的网址"
    return None


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # such as brackets that are not in pairs
        return False


def _link_fault(site: Site, page: Page, link: Link) -> str | None:
    inside, anchor = link.to.file, link.to.anchor
    if inside not in site.archive.docs and inside not in site.archive.made:
        whole = resolve_link(page.path, link.to.written)
        if whole in site.archive.docs:
            better = markdown_address(page.path, Address("", whole))
            return f"文件名里的 # 和 % 须写作 %23 和 %25：写作 {better}，现为 {shorten(link.to.written)}"
        meant = f"{inside.removesuffix('.html').rstrip('/')}.md"
        if inside.endswith(".md") or meant in site.archive.pages:
            way_out = suggestion(inside, site.archive.pages)
        else:
            way_out = ADD_FILE
        return f"链接所指须在 docs/ 下，没有 {shorten(inside, 100)}{way_out}"
    if link.embedded and anchor:
        return f"图片的地址里不得有 #，现为 {shorten(link.to.written)}；请删去 # 和后面的字"
    leads_to = site.archive.pages.get(inside)
    if leads_to and not anchors_known(site, leads_to):
        return None
    if anchor and leads_to and anchor not in anchors(site, leads_to):
        return f"链接所指标题须在 {inside} 中，没有 #{shorten(anchor)}{suggestion(anchor, anchors(site, leads_to))}"
    return None
