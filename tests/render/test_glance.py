"""一图读懂: which figures stand for the whole, what is marked, and the sheet, filled whatever it says."""

import re
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts.figures import FigureState, Value
from archive.facts.glance import glance_of
from archive.press.faces import faces
from archive.press.pdf import Typesetter
from archive.press.poster import poster_document, sheets
from archive.render import macros
from archive.render.poster import HEIGHT, WIDTH, poster
from archive.render.poster_text import SheetCard, SheetFigure, SheetPart, SheetText
from archive.render.sheet import Run, lines
from archive.render.years import years_chart
from tests.samples.blocks import DAY
from tests.samples.corrections import APPROVED
from tests.samples.observations import observed, with_visits
from tests.samples.sample import FILES, read

PART = FILES["docs/report/part-1.md"]


def test_a_figure_with_years_stands_for_the_whole(tmp_path: Path) -> None:
    changes = with_visits(observed(y2024=24, y2025=30))
    changes["docs/report/part-1.md"] = PART.replace('{{ fig("visited") }}', '{{ fig("visits") }}')
    site = read(tmp_path, changes)
    (one,) = glance_of(site, ()).headlines
    assert [(value.reference_period, value.exact) for value in one.years] == [
        ("2024", Decimal(24)),
        ("2025", Decimal(30)),
    ]
    assert one.change is not None
    assert one.change.words == "增长25.0%"
    html = macros(site, "glance.md")["glance"]()
    assert "<desc>2024年 24（初步），2025年 30（初步）</desc>" in html


def test_a_place_in_an_order_is_no_large_number(tmp_path: Path) -> None:
    changes = {"data/figures.yml": APPROVED}
    site = read(tmp_path, changes)
    assert [one.value.id for one in glance_of(site, ()).headlines] == ["activities"]
    ranked = PART.replace('{{ fig("activities") }}', '第{{ fig("activities") }}')
    site = read(tmp_path, {**changes, "docs/report/part-1.md": ranked})
    assert glance_of(site, ()).headlines == ()
    html = macros(site, "glance.md")["glance"]()
    page = lxml.html.fragment_fromstring(
        html.split("\n")[1].partition('<div class="glance-sheet">')[0]
    )
    (shown,) = [a for a in page.iter("a") if "activities" in (a.get("href") or "")]
    assert (shown.text_content().startswith("第"), shown.findall("strong")) == (True, [])


def value(state: FigureState, number: str, name: str = "开展活动", unit: str = "次") -> Value:
    figure = read_value.figure.model_copy(
        update={"name": name, "unit": unit, "mask": "***", "approximation": None}
    )
    exact = Decimal(number) if number else None
    return Value("activities@2024", figure, exact, exact, None, state)


@pytest.fixture(scope="module", autouse=True)
def _sample(tmp_path_factory: pytest.TempPathFactory) -> None:
    global read_value
    read_value = read(tmp_path_factory.mktemp("sample")).values["activities"]


read_value: Value


@pytest.mark.parametrize("state", FigureState)
def test_each_state_but_approved_is_marked(state: FigureState) -> None:
    shown = years_chart([value(state, "3"), value(FigureState.APPROVED, "4")], (0, 0, 100, 60), 10)
    texts = re.findall("<text[^>]*>([^<]*)</text>", shown)
    marks = [] if state is FigureState.APPROVED else [str(state)]
    assert texts == ["3", "2024", *marks, "4", "2024"]
    assert shown.count("years-open") == (not state.is_settled)


words = st.text("统计局志愿服务，（）《》“”0123456789*%abc 、。", min_size=1, max_size=60)
few, many = st.integers(0, 3), st.integers(0, 60)


@given(
    st.lists(words, min_size=1, max_size=8),
    st.integers(0, 8),
    many,
    st.integers(0, 12),
    st.integers(0, 7),
    few,
    few,
)
def test_whatever_it_says_the_sheet_is_filled_and_no_more(
    said: list[str], headlines: int, honours: int, parts: int, cards: int, inside: int, behind: int
) -> None:
    told = cycle(said)
    states = cycle(FigureState)
    numbers = cycle(["", "0", "7", "123456", "99999999"])

    def figure() -> SheetFigure:
        before = "第" if len(next(told)) % 2 else ""
        return SheetFigure(before, value(next(states), next(numbers), next(told)))

    def headline() -> SheetFigure:
        years = (value(FigureState.APPROVED, "3"), value(next(states), "4"))[: inside % 2 * 2]
        return SheetFigure("", figure().value, years, next(told))

    def card() -> SheetCard:
        shown = tuple(figure() for _ in range(inside))
        return SheetCard(next(told), next(told), shown, tuple(islice(told, behind)))

    text = SheetText(
        next(told),
        tuple(islice(told, inside)),
        next(told),
        tuple(headline() for _ in range(headlines)),
        tuple((next(told), next(told), True) for _ in range(honours)),
        tuple(
            SheetPart(next(told), "", (figure(),) * behind, tuple(card() for _ in range(cards)))
            for _ in range(parts)
        ),
        (next(told),),
    )
    svg = lxml.html.fragment_fromstring(poster(text))
    _, _, width, height = map(float, str(svg.get("viewbox")).split())
    assert abs(width / height - WIDTH / HEIGHT) < 0.001
    baselines = [float(text.get("y") or 0) for text in svg.iter("text")]
    assert max(baselines) <= height
    assert height - max(baselines) <= 5  # the last line of the foot stands at the foot
    bottoms = [float(one.get("y") or 0) + float(one.get("height") or 0) for one in svg.iter("rect")]
    assert max(bottoms) <= height


@given(words, st.floats(40, 300))
def test_lines_lose_nothing_and_fit(text: str, width: float) -> None:
    found = lines([Run(text, "a", 8), Run(text, "b", 10)], width)
    assert "".join(run.text for line in found for run in line) == text + text
    for line in found:
        pieces = len(lines([Run("".join(run.text for run in line), "a", 1)], 0))
        assert sum(run.width for run in line) <= width or pieces <= 2


def test_the_files_of_a_sheet_are_the_same_each_time(tmp_path: Path) -> None:
    site = read(tmp_path, {"data/figures.yml": APPROVED})
    root = lxml.html.fromstring(f"<div>{macros(site, 'glance.md')['glance']()}</div>")
    found, problems = faces(site.archive.project)
    assert problems == []
    document = poster_document("一图读懂", sheets(root), "")
    made = [Typesetter(found, tmp_path).sheets(document, DAY) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0]["png"].startswith(b"\x89PNG")
    assert len(re.findall(rb"/Type\s*/Page\b", made[0]["pdf"])) == 1
