"""What approximations allow and how they are printed."""

import re
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from archive.facts.approximation import BoundedApproximation, OpenApproximation, parse
from archive.schema.approximation import (
    FORMS,
    RULES,
    WITHOUT_NUMBER,
    WORDS_AFTER_NUMBER,
    WORDS_AFTER_UNIT,
    WORDS_BEFORE,
    Rule,
)
from archive.schema.numerals import parse_amount, parse_chinese_number, says
from tests.conftest import ROOT


def exactly(message: str) -> str:
    return rf"^{re.escape(message)}\Z"


BOUNDED = [
    # words, unit, as printed, what they allow in words, values allowed, values not allowed
    ("近百", "人", "近百人", "不小于 90、小于 100", "90 99.9", "89.9 100"),
    ("将近百", "人", "将近百人", "不小于 90、小于 100", "90", "100"),
    ("近300", "人", "近300人", "不小于 270、小于 300", "270 299", "269 300"),
    ("近三百", "人", "近三百人", "不小于 270、小于 300", "270", "300"),
    ("近1.5万", "人", "近1.5万人", "不小于 14000、小于 15000", "14000", "13999 15000"),
    ("近15", "次", "近15次", "不小于 14、小于 15", "14", "13.9 15"),
    ("近2025", "篇", "近2025篇", "不小于 2024、小于 2025", "2024", "1823 2023 2025"),
    ("近５００", "人", "近５００人", "不小于 450、小于 500", "450", "449"),
    ("近40", "%", "近40%", "不小于 36、小于 40", "36 39.9", "35.9 40"),
    ("近四", "成", "近四成", "不小于 3.6、小于 4", "3.6", "3.5 4"),
    ("近1.55", "%", "近1.55%", "不小于 1.54、小于 1.55", "1.54", "1.53 1.55"),
    ("不足百", "人", "不足百人", "不小于 50、小于 100", "50 99", "0 49 100"),
    ("不足50", "人", "不足50人", "不小于 40、小于 50", "40 49", "39 50"),
    ("不到十", "人", "不到十人", "不小于 5、小于 10", "5 9", "4 10"),
    ("不满320", "人", "不满320人", "不小于 310、小于 320", "310", "309 320"),
    ("300以下", "人", "300人以下", "不小于 200、不大于 300", "200 300", "199 301"),
    ("100以内", "人", "100人以内", "不小于 50、不大于 100", "50 100", "49 101"),
    ("不超过12", "次", "不超过12次", "不小于 11、不大于 12", "11 12", "10 13"),
    ("约300", "人", "约300人", "不小于 270、不大于 330", "270 330", "269 331"),
    ("300左右", "人", "300人左右", "不小于 270、不大于 330", "270 330", "269 331"),
    ("三百上下", "人", "三百人上下", "不小于 270、不大于 330", "270", "269"),
    (
        "约1.2亿",
        "元",
        "约1.2亿元",
        "不小于 115000000、不大于 125000000",
        "115000000 125000000",
        "114999999 125000001",
    ),
    ("约3200", "人次", "约3200人次", "不小于 3150、不大于 3250", "3150 3250", "3149 3251"),
    ("约十", "人", "约十人", "不小于 9、不大于 11", "9 11", "8 12"),
    ("二十来", "人", "二十来人", "不小于 18、不大于 22", "18", "17 23"),
    ("十来万", "人", "十来万人", "不小于 90000、不大于 110000", "90000", "89999"),
    ("超300", "人", "超300人", "大于 300、小于 400", "301 399", "300 400"),
    ("超过3千", "人", "超过3千人", "大于 3000、小于 4000", "3001", "3000 4000"),
    ("突破300", "人", "突破300人", "大于 300、小于 400", "301", "300"),
    ("突破千", "人", "突破千人", "大于 1000、小于 1500", "1001 1499", "1000 1500"),
    ("逾百", "人", "逾百人", "大于 100、小于 150", "101", "100 150"),
    ("超九", "成", "超九成", "大于 9、小于 10", "9.1", "9 10"),
    ("超40", "%", "超40%", "大于 40、小于 50", "40.1 49.9", "40 50"),
    ("300以上", "人", "300人以上", "不小于 300、小于 400", "300 399", "299 400"),
    ("90以上", "%", "90%以上", "不小于 90、小于 100", "90 99.9", "89.9 100"),
    ("1,000以上", "人", "1,000人以上", "不小于 1000、小于 1500", "1000", "999"),
    ("不少于300", "人", "不少于300人", "不小于 300、小于 400", "300", "299 400"),
    ("至少20", "次", "至少20次", "不小于 20、小于 30", "20", "19"),
    ("达320", "人", "达320人", "不小于 320、小于 330", "320 329", "319 330"),
    ("多达五千", "人", "多达五千人", "不小于 5000、小于 6000", "5000", "4999"),
    ("百余", "人", "百余人", "大于 100、小于 150", "101 149", "100 150 199"),
    ("百多", "人", "百多人", "大于 100、小于 150", "101", "199"),
    ("三百余", "人", "三百余人", "大于 300、小于 400", "300.5 399", "300 400"),
    ("三百二十多", "人", "三百二十多人", "大于 320、小于 330", "321", "320 330"),
    ("1900余", "人", "1900余人", "大于 1900、小于 2000", "1901 1999", "1900 2000"),
    ("１９００余", "人", "１９００余人", "大于 1900、小于 2000", "1987", "1900"),
    ("十多", "人", "十多人", "大于 10、小于 20", "11 19", "10 20"),
    ("10余", "人", "10余人", "大于 10、小于 20", "11 19", "10 20"),
    ("两千余", "人", "两千余人", "大于 2000、小于 3000", "2001", "2000"),
    ("3万余", "人", "3万余人", "大于 30000、小于 40000", "30001", "30000"),
    ("30万余", "人", "30万余人", "大于 300000、小于 310000", "300001", "310000"),
    ("30余万", "人", "30余万人", "大于 300000、小于 400000", "310000", "300000 400000"),
    ("12,000余", "人", "12,000余人", "大于 12000、小于 13000", "12001", "12000"),
    ("1.2万余", "人", "1.2万余人", "大于 12000、小于 13000", "12001", "12000"),
    ("十余万", "人", "十余万人", "大于 100000、小于 200000", "100001", "100000 200000"),
    (
        "300多亿",
        "元",
        "300多亿元",
        "大于 30000000000、小于 40000000000",
        "30000000001",
        "30000000000",
    ),
    ("3多", "年", "3年多", "大于 3、小于 4", "3.5", "3 4"),
    ("一余", "倍", "一倍余", "大于 1、小于 2", "1.5", "1 2"),
    ("1905多", "米", "1905米多", "大于 1905、小于 1906", "1905.5", "1905 1906"),
    ("上百", "人", "上百人", "不小于 100、不大于 200", "100 200", "99 201"),
    ("上千", "人", "上千人", "不小于 1000、不大于 2000", "1000", "999 2001"),
    ("上百万", "元", "上百万元", "不小于 1000000、不大于 2000000", "1000000", "999999"),
    ("数十", "人", "数十人", "不小于 20、小于 100", "20 90 99", "11 19 100"),
    ("几百", "人", "几百人", "不小于 200、小于 1000", "200", "199 1000"),
    ("数十万", "人", "数十万人", "不小于 200000、小于 1000000", "200000", "199999"),
    ("几", "次", "几次", "不小于 2、小于 10", "2 9", "1 10"),
    ("十几", "次", "十几次", "不小于 11、小于 20", "11 19", "10 20"),
    ("二十几", "次", "二十几次", "不小于 21、小于 30", "21", "20"),
    ("十几万", "人", "十几万人", "不小于 110000、小于 200000", "110000", "109999"),
    ("一百几十", "人", "一百几十人", "不小于 110、小于 200", "110", "109"),
    ("两三百", "人", "两三百人", "不小于 200、小于 400", "200 399", "199 400"),
    ("七八十", "人", "七八十人", "不小于 70、小于 90", "70 89", "69 90"),
    ("十七八", "人", "十七八人", "不小于 17、小于 19", "17 18", "16 19"),
    ("四十五六万", "套", "四十五六万套", "不小于 450000、小于 470000", "450000", "449999"),
    ("三五", "人", "三五人", "不小于 3、小于 6", "3 5", "2 6"),
    ("一两", "次", "一两次", "不小于 1、小于 3", "1 2", "0 3"),
    ("七八", "成", "七八成", "不小于 7、小于 9", "7", "6.9 9"),
    ("过半", "%", "过半", "大于 50、小于 75", "50.1 74", "50 75"),
    ("超半数", "%", "超半数", "大于 50、小于 75", "52", "50"),
    ("一半", "%", "一半", "不小于 45、不大于 55", "45 55", "44 56"),
    ("半数", "成", "半数", "不小于 4.5、不大于 5.5", "5", "6"),
    ("近半", "成", "近半", "不小于 4.5、小于 5", "4.5", "4.4 5"),
    ("半数以上", "%", "半数以上", "不小于 50、小于 75", "50", "49"),
    ("一半左右", "%", "一半左右", "不小于 45、不大于 55", "45", "44"),
]


@pytest.mark.parametrize(("words", "unit", "printed", "rule", "allowed", "refused"), BOUNDED)
def test_words_with_their_number(
    words: str, unit: str, printed: str, rule: str, allowed: str, refused: str
) -> None:
    approximation = parse(words, unit)
    assert approximation.rule(Decimal(1)) == rule
    values = f"{allowed} {refused}".split()
    assert [it for it in values if approximation.allows(Decimal(it))] == allowed.split()
    # Known or not, they are printed as they stand.
    assert approximation.printed(None, "***") == approximation.printed(Decimal(5), "***")
    after = ("" if approximation.says_unit else unit) + approximation.after
    assert approximation.printed(None, "***") + after == printed


OPEN = [
    # words, value, number printed before the unit, words printed after it
    ("…余", "11", "10余", ""),
    ("…余", "47", "40余", ""),
    ("…多", "101", "100多", ""),
    ("…余", "365", "360余", ""),
    ("…余", "1005", "1000余", ""),
    ("…余", "1900.5", "1900余", ""),
    ("…余", "1987", "1900余", ""),
    ("…余", "5123", "5100余", ""),
    ("…余", "12345", "12,000余", ""),
    ("…余", "1234567", "1,200,000余", ""),
    ("……多", "1987", "1900多", ""),
    ("…来", "41", "40来", ""),
    ("超…", "1987", "超1900", ""),
    ("突破…", "101", "突破100", ""),
    ("…以上", "1987", "1900", "以上"),
    ("达…", "1900", "达1900", ""),
    ("近…", "1987", "近2000", ""),
    ("近…", "9950", "近10,000", ""),
    ("不足…", "1987", "不足2000", ""),
    ("…以下", "1900", "1900", "以下"),
    ("约…", "1987", "约2000", ""),
    ("约…", "1234567", "约1,200,000", ""),
    ("…左右", "1940", "1900", "左右"),
]


@pytest.mark.parametrize(("words", "value", "printed", "after"), OPEN)
def test_open_words_print_a_round_number(words: str, value: str, printed: str, after: str) -> None:
    approximation = parse(words, "人")
    assert approximation.allows(Decimal(value))
    assert (approximation.printed(Decimal(value), "***"), approximation.after) == (printed, after)


@pytest.mark.parametrize(
    ("words", "value", "rule"),
    [
        *(("…余", value, "不小于 11") for value in ("-20", "0", "5", "10", "10.5")),
        ("…余", "20", "合于由它得出的“20余”（大于 20、小于 30）"),
        ("…多", "360", "合于由它得出的“360多”（大于 360、小于 370）"),
        ("…余", "20000", "合于由它得出的“20,000余”（大于 20000、小于 30000）"),
        ("近…", "1900", "合于由它得出的“近1900”（不小于 1800、小于 1900）"),
        ("近…", "11", "合于由它得出的“近20”（不小于 18、小于 20）"),
        ("约…", "14", "合于由它得出的“约10”（不小于 9、不大于 11）"),
        ("…左右", "9", "不小于 11"),
    ],
)
def test_open_words_contradict_small_and_round_values(words: str, value: str, rule: str) -> None:
    approximation = parse(words, "人")
    assert not approximation.allows(Decimal(value))
    assert approximation.rule(Decimal(value)) == rule
    # Until it is mended they are shown as written.
    assert approximation.printed(Decimal(value), "***") + approximation.after == words


def test_open_words_print_the_mask_until_the_value_is_known() -> None:
    read = [parse(words, "人") for words in ("…多", "……余", "约…", "…以上")]
    assert [it.printed(None, "****") for it in read] == ["****多", "****余", "约****", "****"]
    assert [it.printed(None, "") for it in read] == [""] * 4


UNKNOWN = [
    *(
        "",
        "余",
        "近",
        "…",
        "百",
        "300",
        "近余",
        "近百余",
        "近0",
        "约",
        "以上",
        "零余",
        "3余万",
        "三来",
    ),
    *(
        "数三百",
        "上一百",
        "上三百",
        "十百",
        "三百五余",
        "三百几",
        "大概百",
        "近１.２.３",
        "百百余",
        "近十百",
    ),
    *(
        "近十万零",
        "20几",
        "7、8十",
        "三二百",
        "二五百",
        "约百余",
        "约300左右",
        "超300以上",
        "…余万",
        "半余",
    ),
]


@pytest.mark.parametrize("words", UNKNOWN)
def test_other_words_are_refused_with_the_forms(words: str) -> None:
    message = (
        "约数须写作以下一种：近…、将近…、接近…；不足…、不到…、不满…、低于…、少于…；"
        "不超过…、不多于…、至多…、最多…、…以下、…以内；约…、大约…、…来、…左右、…上下；"
        "超…、超过…、逾…、突破…、过…、破…、高于…、多于…、…余、…多；"
        "达…、达到…、已达…、多达…、高达…、不少于…、不低于…、不下…、不下于…、至少…、…以上；"
        "上百、数十、几百、十几、两三百、七八十、三五、一半；“…”处写数（300、1.2万、三百），"
        f"也可以照写“…”，由确数得出，现为“{words}”；请改写为其中一种"
    )
    with pytest.raises(ValueError, match=exactly(message)):
        parse(words, "%")


@pytest.mark.parametrize(
    ("words", "unit", "message"),
    [
        (
            "近百人",
            "人",
            "计量单位自会印出，约数里不得再写，须写作“近百”，现为“近百人”；请改为：近百",
        ),
        (
            "300人以上",
            "人",
            "计量单位自会印出，约数里不得再写，须写作“300以上”，现为“300人以上”；请改为：300以上",
        ),
        (
            "超九成",
            "成",
            "计量单位自会印出，约数里不得再写，须写作“超九”，现为“超九成”；请改为：超九",
        ),
        ("过半", "人", "“半”须是计量单位为%、成的数，现为“过半”，计量单位为“人”；请改写约数"),
        ("一半", "户", "“半”须是计量单位为%、成的数，现为“一半”，计量单位为“户”；请改写约数"),
    ],
)
def test_the_unit_is_not_written_and_halves_are_shares(words: str, unit: str, message: str) -> None:
    with pytest.raises(ValueError, match=exactly(message)):
        parse(words, unit)


def test_every_form_of_the_list_is_understood() -> None:
    forms = [form for group in FORMS.split("；") for form in group.split("、")]
    words = {*WORDS_BEFORE, *WORDS_AFTER_NUMBER, *WORDS_AFTER_UNIT}
    assert len(forms) == len(words) + len(WITHOUT_NUMBER)
    assert [form for form in forms if isinstance(parse(form, "%"), OpenApproximation)] == [
        form for form in forms if "…" in form
    ]


def test_the_guide_explains_every_form_and_its_examples_hold() -> None:
    guide = (ROOT / "archive" / "guide" / "index.md").read_text("utf-8")
    section = guide.partition("{ #approximations }")[2].partition("\n## ")[0]
    rows = [row.split(" | ") for row in re.findall(r"^\| (.+) \|$", section, re.MULTILINE)][1:]
    told = [form for row in rows for form in row[1].split("、")]
    assert told == re.split("[；、]", FORMS)
    for shown, _, _ in rows:
        words, low, high = re.split("：| 至 ", shown)
        read = parse(words, "%")
        assert isinstance(read, BoundedApproximation)
        assert read.limits.whole() == (Decimal(low), Decimal(high))


NEARLY = Decimal("0.00001")
WRITTEN = st.integers(1, 10**9) | st.builds(int.__mul__, st.integers(1, 9), st.sampled_from([10**n for n in range(9)]))  # fmt: skip


@given(
    rule=st.sampled_from(RULES),
    which=st.integers(0, 20),
    number=WRITTEN,
    chinese=st.booleans(),
)
def test_the_ends_are_allowed_and_nothing_beyond(
    rule: Rule, which: int, number: int, chinese: bool
) -> None:
    forms = [f"{word}#" for word in rule.before]
    forms += [f"#{word}" for word in (*rule.after_number, *rule.after_unit)]
    form = forms[which % len(forms)]
    assume(form != "#来" or number % 10 == 0)
    written = write_chinese(number) if chinese else str(number)
    read = parse(form.replace("#", written), "人")
    assert isinstance(read, BoundedApproximation)
    low, high = read.limits.low, read.limits.high
    ends = [low - NEARLY, low, low + NEARLY, high - NEARLY, high, high + NEARLY]
    assert [read.allows(end) for end in ends] == [
        False, read.limits.low_included, True, True, read.limits.high_included, False,
    ]  # fmt: skip
    # However many words there are for it, a number is never further off than half, or ten.
    assert (
        number / Decimal(2)
        <= low
        <= number
        <= high
        <= number + max(number / Decimal(2), Decimal(10))
    )
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    assert max(number - low, high - number) <= step


@given(value=st.decimals(11, 10**9, places=1), which=st.integers(0, 40))
@example(value=Decimal("100000.1"), which=0)
def test_what_open_words_print_is_true_and_close(value: Decimal, which: int) -> None:
    forms = [form for form in re.split("[；、]", FORMS) if "…" in form]
    read = parse(forms[which % len(forms)], "人")
    assert isinstance(read, OpenApproximation)
    if read.allows(value):
        printed = read.printed(value, "***") + read.after
        assert parse(printed, "人").allows(value)
        number = Decimal(re.sub(r"[^\d]", "", printed))
        assert abs(value - number) < max(number / 10, Decimal(10))


SIGNS = "近不足约超过以上下左右数几余多来…百十千万亿三二两零〇半一0123.,"


@given(st.text() | st.text(SIGNS, max_size=12), st.sampled_from(["人", "%", "成", ""]))
def test_any_words_are_an_approximation_or_a_message(words: str, unit: str) -> None:
    try:
        read = parse(words, unit)
    except ValueError as error:
        said = str(error)
    else:
        # Words never speak of nought, and are printed whole.
        assert not read.allows(Decimal(0))
        said = f"现为“{read.printed(None, '…' * words.count('…'))}{read.after}”"
    assert f"现为“{words}”" in said


@pytest.mark.parametrize(
    "piece", ["百", "亿", "两三", "两三十", "一", "1,000", "…", "近", "余", "一半", "人"]
)
@pytest.mark.parametrize("before", ["", "近", "上", "几"])
def test_long_words_take_no_more_than_their_length(before: str, piece: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        with pytest.raises(ValueError, match="约数须"):
            parse(before + piece * times + "人人", "户")
        return process_time() - start

    assert seconds(20_000) < 0.5


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


@pytest.mark.parametrize(
    ("written", "value", "unit", "is_said"),
    [
        ("三十六名", "36", "名", True),
        ("三十六", "36", "名", True),
        ("三十六人", "36", "名", False),
        ("三十五名", "36", "名", False),
        ("348912", "348912", "人", True),
        ("348,912人", "348912", "人", True),
        ("348，912 人", "348912", "人", True),
        ("3489,12人", "348912", "人", False),
        ("34.8万人", "348000", "人", True),
        ("34.8万人", "34.8", "万人", True),
        ("1.15亿元", "11500", "万元", True),
        ("1.15亿元", "1150", "万元", False),
        ("9.1吨", "9100", "公斤", True),
        ("9.1吨", "9100", "公里", False),
        ("百分之三十", "30", "%", True),
        ("百分之三十", "30", "人", False),
        ("千分之0.3", "0.3", "‰", True),
        ("30％", "30", "%", True),
        ("-3.2%", "-3.2", "%", True),
        ("3.2%", "-3.2", "%", False),
        ("零", "0", "次", True),
        ("", "0", "次", False),
        ("次", "1", "次", False),
        ("万", "10000", "次", True),
        ("2分48秒", "168", "秒", True),
        ("2分48秒", "248", "秒", False),
        ("2小时15分", "2.25", "小时", True),
        ("2小时75分", "195", "分钟", False),
    ],
)
def test_a_number_as_written_says_a_value(
    written: str, value: str, unit: str, is_said: bool
) -> None:
    assert says(written, Decimal(value), unit) is is_said


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_number_or_none(text: str) -> None:
    found = parse_amount(text)
    assert found is None or found.is_finite()


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=4))
def test_a_number_is_read_as_printed(value: Decimal) -> None:
    for written in (f"{value:f}", f"{value:,f}", f"{value:f}人", f"{value:f}".replace("-", "−")):
        assert says(written, value, "人")
