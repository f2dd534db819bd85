"""What approximations allow and how they are printed."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.facts.approximation import OpenApproximation, parse, parse_chinese_number


def exactly(message: str) -> str:
    return rf"^{re.escape(message)}\Z"


BOUNDED = [
    # words, what they allow in words, values allowed, values not allowed
    ("近百", "不小于 90、小于 100", ["90", "99.9"], ["89.9", "100"]),
    ("近千", "不小于 900、小于 1000", ["900", "999"], ["899", "1000"]),
    ("近300", "不小于 270、小于 300", ["270", "299"], ["269", "300"]),
    ("近三百", "不小于 270、小于 300", ["270"], ["300"]),
    ("近1.5万", "不小于 13500、小于 15000", ["13500"], ["15000"]),
    ("近15", "不小于 13.5、小于 15", ["13.5"], ["13.4", "15"]),
    ("百余", "大于 100、小于 200", ["101", "199"], ["100", "200"]),
    ("三百余", "大于 300、小于 400", ["300.5", "399"], ["300", "400"]),
    ("三百二十多", "大于 320、小于 330", ["321"], ["320", "330"]),
    ("1900余", "大于 1900、小于 2000", ["1901", "1999"], ["1900", "2000"]),
    ("１９００余", "大于 1900、小于 2000", ["1987"], ["1900"]),
    ("5000多", "大于 5000、小于 6000", ["5123"], ["5000", "6000"]),
    ("1905多", "大于 1905、小于 1906", ["1905.5"], ["1905", "1906"]),
    ("十多", "大于 10、小于 20", ["11", "19"], ["10", "20"]),
    ("两千余", "大于 2000、小于 3000", ["2001"], ["2000", "3000"]),
    ("3万余", "大于 30000、小于 40000", ["30001"], ["30000", "40000"]),
    ("12,000余", "大于 12000、小于 13000", ["12001"], ["12000", "13000"]),
    ("1.2万余", "大于 12000、小于 13000", ["12001"], ["12000", "13000"]),
    ("十余万", "大于 100000、小于 200000", ["100001"], ["100000", "200000"]),
    ("300多亿", "大于 30000000000、小于 40000000000", ["30000000001"], ["30000000000"]),
    ("数十", "大于 10、小于 100", ["11", "99"], ["10", "100"]),
    ("几百", "大于 100、小于 1000", ["101", "999"], ["100", "1000"]),
    ("数十万", "大于 100000、小于 1000000", ["100001"], ["100000", "1000000"]),
    ("上百", "不小于 100、小于 1000", ["100", "999"], ["99", "1000"]),
    ("上千", "不小于 1000、小于 10000", ["1000"], ["999", "10000"]),
    ("不足百", "不小于 0、小于 100", ["0", "99"], ["100"]),
    ("不足50", "不小于 0、小于 50", ["49"], ["50"]),
]


@pytest.mark.parametrize(("words", "allowed_range", "allowed", "refused"), BOUNDED)
def test_fixed_words(
    words: str, allowed_range: str, allowed: list[str], refused: list[str]
) -> None:
    approximation = parse(words)
    assert approximation.range_text() == allowed_range
    values = [*allowed, *refused]
    assert [value for value in values if approximation.allows(Decimal(value))] == allowed
    # Known or not, fixed words are printed as they stand.
    assert (approximation.words(None, "***"), approximation.words(Decimal(5), "***")) == (
        words,
    ) * 2


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("11", "10余"),
        ("47", "40余"),
        ("101", "100余"),
        ("365", "360余"),
        ("1005", "1000余"),
        ("1900.5", "1900余"),
        ("1987", "1900余"),
        ("5123", "5100余"),
        ("12345", "12,000余"),
        ("1234567", "1,200,000余"),
    ],
)
def test_open_words_print_a_round_number_below_the_value(value: str, printed: str) -> None:
    assert parse("…余").words(Decimal(value), "***") == printed
    assert parse("…多").words(Decimal(value), "***") == printed.replace("余", "多")


@pytest.mark.parametrize(
    "value", ["-20", "0", "5", "10", "10.5", "20", "40", "360", "1900", "20000"]
)
def test_open_words_contradict_small_and_round_values(value: str) -> None:
    approximation = parse("…余")
    assert not approximation.allows(Decimal(value))
    message = (
        "“…余”的确数须不小于 11，且大于所写的整数（1987 写作“1900余”；恰为 40、360、1900 一类"
        f"整数时须写确数），现为 {value}"
    )
    with pytest.raises(ValueError, match=exactly(message)):
        approximation.words(Decimal(value), "***")


def test_open_words_print_the_mask_until_the_value_is_known() -> None:
    assert [parse(words).words(None, "****") for words in ("…多", "…余", "……余")] == [
        "****多",
        "****余",
        "****余",
    ]


UNKNOWN = [
    *(
        "",
        "余",
        "近",
        "…",
        "…来",
        "百",
        "300",
        "近余",
        "近百余",
        "五余",
        "3余万",
        "近5",
        "数三百",
        "上一百",
    ),
    *(
        "三百五余",
        "大约百",
        "百余人",
        "近１.２.３",
        "近1.55",
        "百百余",
        "近十百",
        "零余",
        "近十万零",
    ),
]


@pytest.mark.parametrize("words", UNKNOWN)
def test_other_words_are_refused_with_what_must_hold(words: str) -> None:
    message = (
        "概数须写作“近百”“近300”“三百余”“1900余”“5000多”“数十”“上百”“不足百”一类，"
        f"或者写作“…余”“…多”，现为“{words}”"
    )
    with pytest.raises(ValueError, match=exactly(message)):
        parse(words)


@given(
    value=st.decimals(min_value=11, max_value=10**9, places=1), tail=st.sampled_from(["余", "多"])
)
@example(value=Decimal("100000.1"), tail="余")
def test_what_open_words_print_is_true_and_close(value: Decimal, tail: str) -> None:
    approximation = OpenApproximation(tail)
    if approximation.allows(value):
        printed = approximation.words(value, "***")
        assert parse(printed).allows(value)
        number = Decimal(printed.removesuffix(tail).replace(",", ""))
        assert 0 < value - number < max(number / 10, Decimal(10))


@given(st.text() | st.text("近不足数几上…余多百十千万亿三二两零〇0123.", max_size=12))
def test_any_words_are_an_approximation_or_a_message(words: str) -> None:
    try:
        outcome: bool | str = parse(words).allows(Decimal(0))
    except ValueError as error:
        outcome = str(error)
    # Nought is allowed by 不足 alone.
    assert outcome is words.startswith("不足") or str(outcome).endswith(f"现为“{words}”")


def write_chinese(number: int) -> str:
    if number < 10:
        return "零一二三四五六七八九"[number]
    for place, worth in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= worth:
            times, rest = divmod(number, worth)
            written = write_chinese(times) + place
            if not rest:
                return written
            return written + ("零" if rest * 10 < worth else "") + write_chinese(rest)
    raise AssertionError(number)


@given(st.integers(0, 10**12 - 1) | st.integers(0, 10**5))
def test_reads_every_chinese_numeral(number: int) -> None:
    written = write_chinese(number)
    assert parse_chinese_number(written) == number
    assert parse_chinese_number(written.replace("零", "〇")) == number


def test_reads_the_shorter_spellings() -> None:
    read = {
        text: parse_chinese_number(text)
        for text in ("十", "十五", "百", "两千", "两万零五十", "三百十五")
    }
    assert read == {
        "十": 10,
        "十五": 15,
        "百": 100,
        "两千": 2000,
        "两万零五十": 20050,
        "三百十五": 315,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三百五",
        "二三",
        "十百",
        "百百",
        "一百零",
        "零百",
        "三百零五十",
        "一亿亿",
        "百人",
        "3",
        "亿" * 5000,
    ],
)
def test_refuses_what_is_no_chinese_numeral(text: str) -> None:
    assert parse_chinese_number(text) is None
