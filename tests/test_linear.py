"""What reads a text takes time in proportion to its length, however hostile the text is.

Each reader reads each of its texts once, twice and four times as long. The one thing that is said of
time is how it grows: four times the text may take ten times as long; a reader whose time grows with the
square of the length takes sixteen times as long.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from lxml import etree

from archive.build.built_kinds import read_built
from archive.build.scan import _read as scan
from archive.build.theme.elements import elements_of
from archive.checks import CHECKS, Check, number_dress
from archive.checks.number_dress import typed_numbers
from archive.checks.numerals import Found
from archive.checks.shown import shown_texts
from archive.editing.forms import parse_form
from archive.editing.report.brought import Block, Brought, Note, RefusedError
from archive.editing.report.finding import find
from archive.editing.report.honour_finding import Spot, awards
from archive.editing.report.likeness import other_name
from archive.editing.report.matching import match
from archive.editing.report.mentions import brought_mentions
from archive.editing.report.pages import pages
from archive.editing.report.plain import read_markdown, read_text
from archive.editing.report.word import read_word
from archive.editing.report.word_styles import Styles, W
from archive.editing.sheet.editing import edited
from archive.facts.report_since import compared
from archive.facts.site import Site
from archive.facts.versions import former_pages
from archive.files.markdown import read_once
from archive.files.pages import Page, read_page
from archive.files.workbooks import text_from
from archive.files.writing import block
from archive.files.yaml import parse, parse_bytes, split_front_matter
from archive.leaks import searched
from archive.leaks.files import file
from archive.leaks.names import withheld_search
from archive.leaks.numbers import numbers
from archive.leaks.text import in_yaml, private_search
from archive.leaks.texts import markup
from archive.leaks.visible import visible_text
from archive.proposals.diff.records import FieldChange
from archive.proposals.diff.wording import describe_field_change
from archive.proposals.pulls.attached import attached
from archive.proposals.pulls.github import GitHub
from archive.proposals.pulls.gitlab import GitLab
from archive.publish.offline import _LINK
from archive.render.amendments import marked
from archive.render.text import plain_text
from archive.schema.regulations import Regulation
from archive.schema.types import Span
from tests.samples import hostile, sample
from tests.samples.forms import FORMS, form_kind
from tests.samples.sample import REGULATION
from tests.samples.word_files import abstract, level, listed, num, p, word_file

pytestmark = pytest.mark.slow

MOST = 12.0
"""How many times as long the fourfold text may take: 4 if time grows with it, 16 with its square.

What no longer fits into the processor's caches takes up to twice as long, beside other work even more.
"""
LEAST = 0.0015
"""Seconds of processor time below which nothing can be said of growth."""
LEAST_OF_ALL = 12 * LEAST
"""The same for all the parts of a page together, which hold what each of them needs."""
LONGEST = 50_000
"""Repetitions up to which a text is made longer to take that much time."""
MOST_SIGNS = 700_000
"""Characters up to which it is made longer.

From some length on the system gives the memory for each reading anew, which takes longer than a quick reader.
"""

ALWAYS = {
    "open tags", "closing tags", "nested elements", "open comments", "backticks", "open brackets", "open raw blocks",
    "headings", "a heading and spaces", "a question and spaces", "fences", "digits and spaces", "documents", "at signs", "radicals", "spaces", "open links",
    "numbers and numbers in a dress", "pictures", "tens", "units of numerals",
    "empty lines", "lines of spaces", "a long entity", "calls", "numerals", "home addresses", "anchors",
}  # fmt: skip
"""Texts that no run leaves out: those that once took time with their square, and one of each other sort."""
TEXTS = [
    pytest.param(text, marks=() if text in ALWAYS else pytest.mark.deep) for text in hostile.TEXTS
]
"""Every text; a run that is not deep tries those of `ALWAYS`."""
LENGTHS = [100, pytest.param(500, marks=pytest.mark.deep)]
"""Repetitions of the shortest text: in the longer one a square hides less behind what grows with the length."""

SEARCH = private_search(["示例人物", "丁戊河"])
WITHHELD = withheld_search({"a": "示小丁"}, ["示小丁纪念馆"])
FORM = next(iter(FORMS))
FORGES = [
    client(kind, "", "a/b", "", "https://git.example")
    for kind, client in (("github", GitHub), ("gitea", GitHub), ("gitlab", GitLab))
]


def as_page(body: str) -> bytes:
    return f"---\ntitle: 甲\n---\n\n{body}".encode()


def page_numbers(body: str) -> list[Found]:
    page = read_page(as_page(body), "report/a.md", "a.md")
    return [found for shown in shown_texts(page) for found in typed_numbers(shown.text, ())]


def as_report(read: Callable[[bytes], Brought], text: str) -> object:
    """A text as a report that is brought, or why it is none."""
    try:
        return read(text.encode())
    except RefusedError as error:
        return error


def report_pages(body: str) -> object:
    """A text as a report that is brought, with a note at each of its signs."""
    notes = tuple(Note(at, f"注{at}") for at in range(0, len(body), 5))
    brought = Brought("", (Block("paragraph", body, notes=notes),))
    return pages(brought, "总述", [], "a")


def as_form(answer: str) -> str:
    questions = FORMS[FORM].questions
    return "".join(f"### {one.label}\n\n{answer}\n\n" for one in questions)


def as_value(text: str) -> bytes:
    return f"a: |\n  {text.replace(chr(10), chr(10) + '  ')}\n".encode()


READERS: dict[str, Callable[[str], object]] = {
    "search": lambda text: list(SEARCH(text)),
    "visible text": visible_text,
    "markup": lambda text: markup(text.encode(), SEARCH),
    "built page": lambda text: read_built("a.html", text.encode(), SEARCH),
    "scan": lambda text: scan(text.encode()),
    "numbers": lambda text: typed_numbers(text, ["第五次全国经济普查", "一二"]),
    "numbers of a page": lambda text: page_numbers(text),
    "honours of a report": lambda text: awards([text], [Spot("text")]),
    "figures of a report": lambda text: find([text], date(2024, 1, 1), date(2024, 12, 31)),
    "report as text": lambda text: as_report(read_text, text),
    "report in Markdown": lambda text: as_report(read_markdown, text),
    "title of a report": lambda text: as_report(read_markdown, f"---\ntitle: {text}\n---\n\n甲"),
    "pages of a report": lambda text: report_pages(text),
    "yaml": lambda text: parse_bytes(text.encode(), "a.yml"),
    "yaml value": lambda text: parse_bytes(as_value(text), "a.yml"),
    "leaks in yaml": in_yaml,
    "front matter": split_front_matter,
    "page": lambda text: read_page(as_page(text), "report/a.md", "docs/report/a.md"),
    "front of page": lambda text: read_page(text.encode(), "report/a.md", "docs/report/a.md"),
    "form": lambda text: (form_kind(as_form(text)), parse_form(as_form(text), FORMS[FORM])),
    "template filled in": GitLab.without_remarks,
    "what is attached": lambda text: [attached(forge, [text]) for forge in FORGES],
    "cell": text_from,
    "plain text": plain_text,
    "elements of a page": lambda text: elements_of(text, frozenset()),
    "links offline": lambda text: _LINK.sub(b"", text.encode()),
}


def test_names_within_names_that_are_shown() -> None:
    text = "a name and one that holds it"
    # What grows with the square is so quick that it shows only in a long text.
    assert growth(lambda times: list(WITHHELD(hostile.text(text, times))), 8_000) <= MOST


PARTS = (
    "calls", "faults", "hidden", "comments", "plain", "prose", "headings", "links", "unread", "anchors", "tokens", "line_breaks",
    "unused", "notes", "leads_to",
)  # fmt: skip
"""What is asked of a page."""


def _made(suffix: str, make: Callable[[int], bytes], times: int) -> tuple[str, bytes]:
    return suffix, make(times)


def growth(read: Callable[[int], object], times: int = 500, longest: int = LONGEST) -> float:
    """How many times as long reading takes of what is four times as long; the best of three."""
    while (once := seconds(read, times)) < LEAST:
        if times == longest:
            return 0.0
        # If time grows with the length, the next one takes long enough and no more than that.
        enough = int(times * 1.2 * LEAST / max(once, 1e-6))
        times = min(max(2 * times, enough), longest)
    once = min(once, seconds(read, times))
    found = []
    for _ in range(3):
        found.append(seconds(read, times * 4) / once)
        if found[-1] < MOST:
            break
    return min(found)


def seconds(read: Callable[[int], object], times: int) -> float:
    """How long reading takes of what was never read before."""
    read_once.cache_clear()
    for lately in (number_dress._LATELY, searched._LATELY):
        lately.clear()
    gc.disable()
    begun = time.process_time()
    read(times)
    spent = time.process_time() - begun
    gc.enable()
    return spent


@pytest.mark.parametrize("times", LENGTHS)
@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str, times: int) -> None:
    reads = {name: partial(_read_text, reader, text) for name, reader in READERS.items()}
    longest = min(LONGEST, MOST_SIGNS // len(hostile.TEXTS[text][1]))
    found = {name: growth(read, times, longest) for name, read in reads.items()}
    assert {name: ratio for name, ratio in found.items() if ratio > MOST} == {}


def _read_text(reader: Callable[[str], object], text: str, times: int) -> object:
    return reader(hostile.text(text, times))


@pytest.mark.parametrize("times", LENGTHS)
@pytest.mark.parametrize("text", TEXTS)
def test_pages(text: str, times: int) -> None:
    """A page is read once for all that is asked of it: each part is timed by itself."""
    while times < LONGEST and sum(parts(text, times).values()) < LEAST_OF_ALL:
        times = min(2 * times, LONGEST)
    once, again = parts(text, times), parts(text, times)
    most = {name: max(MOST * min(spent, again[name]), LEAST_OF_ALL) for name, spent in once.items()}
    slow = set(once)
    for _ in range(3):
        fourfold = parts(text, times * 4)
        slow = {name for name in slow if fourfold[name] > most[name]}
        if not slow:
            break
    assert slow == set()


def parts(text: str, times: int) -> dict[str, float]:
    """The seconds that a page takes to be read, and each part of it after those before."""
    raw, pages = as_page(hostile.text(text, times)), list[Page]()
    name = "report/a.md"
    spent = {"page": seconds(lambda _: pages.append(read_page(raw, name, f"docs/{name}")), 0)}
    return spent | {name: seconds(partial(_part, pages[0], name), 0) for name in PARTS}


def _part(page: Page, name: str, _: int) -> object:
    return getattr(page, name)


PAGE = "report/part-1.md"
SIGNS = [5_000, pytest.param(10_000, marks=pytest.mark.deep)]
"""Characters of the shorter page that is checked; the longer has four times as many."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sample.read(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("text", TEXTS)
def test_checks(site: Site, text: str, signs: int) -> None:
    """Each rule for a site, one page of which holds the text."""
    times = signs // len(hostile.TEXTS[text][1])
    long = LONG * (signs / 10_000) ** 2
    once, fourfold = (rules(site, hostile.text(text, many)) for many in (times, 4 * times))
    slow = {name for name, spent in fourfold.items() if spent > max(MOST * once[name], long)}
    if slow:  # a second look, for what disturbs this one
        again = rules(site, hostile.text(text, 4 * times))
        slow = {name for name in slow if again[name] > max(MOST * once[name], long)}
    assert slow == set()


LONG = 0.05
"""Seconds that a rule may take for a page of 40,000 characters however short it took for the shorter one.

For other pages as many as a rule takes whose time grows with the square and that takes just these.
"""


def rules(site: Site, body: str) -> dict[str, float]:
    """Rule → the seconds it takes."""
    page = read_page(as_page(body), PAGE, f"docs/{PAGE}")
    changed = Site(replace(site.archive, pages={**site.archive.pages, PAGE: page}))
    return {rule.__name__: seconds(partial(_asked, rule, changed), 0) for rule in CHECKS}


def _asked(rule: Check, site: Site, _: int) -> object:
    return list(rule(site))


FILES: dict[str, Callable[[int], tuple[str, bytes]]] = {
    **{f"office: {name}": partial(_made, ".docx", make) for name, make in hostile.OFFICE.items()},
    **{f"picture: {name}": partial(_made, ".png", make) for name, make in hostile.PICTURES.items()},
    **{f"pdf: {name}": partial(_made, ".pdf", make) for name, make in hostile.PDFS.items()},
    **{
        f"drawing: {name}": partial(_made, ".svg", partial(hostile.drawing, name))
        for name in hostile.DRAWINGS
    },
}


@pytest.mark.parametrize("times", [50, pytest.param(500, marks=pytest.mark.deep)])
@pytest.mark.parametrize("name", FILES)
def test_files(name: str, times: int) -> None:
    def read(many: int) -> object:
        suffix, raw = FILES[name](many)
        return file(suffix, raw, SEARCH)

    assert growth(read, times) <= MOST


def _regulation(amendments: int) -> tuple[Page, Regulation]:
    """One article, amended so often, before others that stay as they are."""
    days = (date(2000, 1, 1) + timedelta(days=at) for at in range(1, amendments + 1))
    steps = [
        {"date": day, "articles": ["1"], "summary": "改", "before": [{"article": "1", "text": f"甲{at}"}]}
        for at, day in enumerate(days)
    ]  # fmt: skip
    known = parse(REGULATION.split("---")[1], "a.yml").data | {"amendments": steps}
    known |= {"effective": date(2000, 1, 1), "category": "行政管理"}
    data = Regulation.model_validate(known)
    front = "".join(block(*field) for field in known.items())
    body = (
        "### 第一条 { #art-1 }\n\n乙\n\n### 第二条 { #art-2 }\n\n" + "甲乙丙。\n\n" * 5 * amendments
    )
    return read_page(f"---\n{front}---\n\n{body}".encode(), "regulations/a.md", "a.md"), data


def _sentences(times: int, *said: str) -> list[tuple[int, bool, list[str]]]:
    return [(at, True, [one]) for at, one in enumerate(said * times, 1)]


def _clauses(times: int, backwards: bool = False) -> str:
    """Clauses, a hundred of them again and again: none is found so often that it counts for nothing."""
    numbers = range(times * 20)[:: -1 if backwards else 1]
    return "".join(f"{chr(0x4E00 + at % 101)}，" for at in numbers)


def _styles_in_a_chain(times: int) -> Callable[[], object]:
    root = etree.Element(f"{W}styles")
    for at in range(times * 100):
        style = etree.SubElement(root, f"{W}style", {f"{W}styleId": f"s{at}"})
        etree.SubElement(style, f"{W}basedOn", {f"{W}val": f"s{at + 1}"})
    return lambda: Styles(root).style("s0")


def _lists_of_one_definition(times: int) -> bytes:
    levels = abstract(0, *(level(at, "decimal", "%1.") for at in range(times)))
    lists = "".join(num(at, 0) for at in range(times))
    return word_file(*(p("甲", looks=listed(at)) for at in range(times)), numbering=levels + lists)


def _list_changed(times: int) -> Callable[[], object]:
    old, new = ["甲", "乙"] * times, ["乙", "丙"] * times
    raw = f"a:\n{''.join(f'  - {one}{chr(10)}' for one in old)}".encode()
    return lambda: edited(raw, {"a": old}, {"a": new}, ["a"])


def _alike(times: int) -> Callable[[], object]:
    brought, texts = Brought("", (Block("paragraph", "甲1个。"),)), ["", "甲1个。"]
    year = date(2024, 1, 1), date(2024, 12, 31)
    span = Span(start=year[0], end=year[1])
    one = brought_mentions(brought, texts, find(texts, *year), span)
    return partial(match, one * 30 * times, [])


MADE: dict[str, Callable[[int], Callable[[], object]]] = {
    "a value that repeats itself": lambda times: partial(
        describe_field_change,
        FieldChange((), "甲", _clauses(times), _clauses(times, backwards=True)),
    ),
    "styles in a chain": _styles_in_a_chain,
    "lists of one definition": lambda times: partial(read_word, _lists_of_one_definition(times)),
    "a list that repeats itself": _list_changed,
    "telephones on a line of data": lambda times: (
        lambda: [*numbers("13912345678 " * 20 * times, data=True)]
    ),
    "mentions that are alike": _alike,
    "paragraphs of a report": lambda times: partial(
        pages, Brought("", (Block("paragraph", "甲"),) * 40 * times), "总述", [], "a"
    ),
    "names that repeat themselves": lambda times: partial(
        other_name, f"甲{'甲甲乙' * times}", f"丙{'甲乙' * times}"
    ),
    "former texts": lambda times: partial(lambda of: list(former_pages(*of)), _regulation(times)),
    "sentences that went": lambda times: partial(
        compared, _sentences(times, "甲。", "乙。"), _sentences(times, "甲。", "丙。")
    ),
    "sentences that are new": lambda times: partial(
        compared,
        [(at, True, [f"甲{at}。"]) for at in range(times)],
        [(at, True, [f"乙{at}。"]) for at in range(times)],
    ),
    "articles that repeat themselves": lambda times: partial(
        marked, f"甲{'甲甲乙' * times}", f"丙{'甲乙' * times}"
    ),
    "articles that differ in one character": lambda times: partial(
        marked, f"{'甲' * 20 * times}乙{'甲' * times}", f"{'甲' * 20 * times}丙{'甲' * times}"
    ),
}
"""What the program makes of a text beside another one, or of a file, by its length."""


@pytest.mark.parametrize("name", MADE)
def test_what_is_made(name: str) -> None:
    def spent(times: int) -> float:
        made = MADE[name](times)
        return seconds(lambda _: made(), 0)

    once, fourfold = spent(50), spent(200)
    assert fourfold <= max(MOST * once, 0.2)
