"""What a reader sees of a page is searched for numbers, however it is written."""

import pytest

from archive.checks.number_dress import typed_numbers
from archive.checks.shown import shown_texts
from archive.files.pages import Page, read_page


def page(text: str) -> Page:
    return read_page(f"---\ntitle: 页\n---\n{text}\n".encode(), "report/a.md", "docs/report/a.md")


def found(text: str) -> list[tuple[int, str]]:
    """The line and the text of each number, lines counted from the first of `text`."""
    read = page(text)
    return [
        (read.line(shown.written_at(number.start)) - 3, number.text)
        for shown in shown_texts(read)
        for number in typed_numbers(shown.text, ())
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # what readers see as one
        ("{% raw %}接待近百人{% endraw %}", [(1, "近百人")]),
        ("三<b>百</b>人", [(1, "三百人")]),
        ("三百<span>人</span>", [(1, "三百人")]),
        ("三百<!-- x -->人", [(1, "三百人")]),
        ("三百`人`", [(1, "三百人")]),
        ("**三**百人", [(1, "三百人")]),
        ("三_百_人", []),  # Markdown leaves the signs within a word
        ("[三](x.md)百人", [(1, "三百人")]),
        ("[三][x]百人\n\n[x]: y.md", [(1, "三百人")]),
        ("&#19977;&#30334;人", [(1, "三百人")]),
        ("三&#x767e;人", [(1, "三百人")]),
        ("共&#51;&#48;次", [(1, "30次")]),
        ("共30&#8203;次", [(1, "30次")]),
        ("三百&nbsp;人", [(1, "三百\xa0人")]),
        ("三\u200b百人", [(1, "三百人")]),
        ("三<wbr>百人", [(1, "三百人")]),
        ("共\\30次", [(1, "30次")]),
        ("共３０次、⼗人、🔟人、٣人", [(1, "３０次"), (1, "⼗人"), (1, "🔟人"), (1, "٣人")]),
        # lines
        ("参加活动接待近百\n余人", [(1, "近百余人")]),
        ("- 接待近百\n  余人\n- 30次", [(1, "近百余人"), (3, "30次")]),
        ("> 接待近百\n余人", [(1, "近百余人")]),
        ("三百  \n人", [(1, "三百")]),
        ("三百<br>人", [(1, "三百")]),
        ("二〇二三年\n三月", []),
        ("# 三百\n人", [(1, "三百")]),
        ("| 三百 | 十五 |\n|---|---|\n| 12 | 张三 |", [(1, "三百"), (1, "十五"), (3, "12")]),
        # what only looks like markup
        ("a < 共40次 >", [(1, "40次")]),
        ("&共30次;", [(1, "30次")]),
        ("甲[^共30次]", [(1, "30次")]),
        ("甲{ #共30次 }乙", [(1, "30次")]),
        ("300. 次", [(1, "300")]),
        # a number in another dress
        ("如下。\n\n52. 人次服务群众", [(3, "52 人次")]),
        ("52) 家企业\n53) 家单位", [(1, "52 家"), (2, "53 家")]),
        ("1. 甲\n2. 乙\n\n段\n\n3. 丙\n4. **人次**", [(7, "4 人次")]),
        ("1. 家企业参加\n2. 人员培训\n3. 部门、项目、条例、名录、个人、人大代表", [(1, "1 家")]),
        ("- 甲\n\n  7. 名职工", [(3, "7 名")]),
        ("> 7. 乙", [(1, "7")]),
        ("5e2 人次、1.5E3人、0x20B 人次", [(1, "5e2"), (1, "1.5E3"), (1, "0x20B")]),
        ("完成 &frac12; 人", [(1, "½ 人")]),
        ("⑸ 人", [(1, "⑸")]),
        ("⒌名", [(1, "⒌")]),
        ("❺ 位", [(1, "❺")]),
        ("①人员培训；②个人事项；③名录更新；⑴ 条例", []),
        ("served five hundred and twenty-one people", [(1, "five hundred and twenty-one")]),
        ("One network, wooden, often, tent", []),
        ("甲{ width=300 }乙", [(1, "300")]),
        ("<b title=近百人>甲</b>", [(1, "近百人")]),
        # texts beside the prose
        ('![共30次](x.png)', [(1, "30次")]),
        ('[甲](x.md "共30次")乙', [(1, "30次")]),
        ("[甲][x]\n\n[x]: y.md '共30次'", [(3, "30次")]),
        ('<img alt="共30次" src="x.png">', [(1, "30次")]),
        ('<b title="共&#51;0次">甲</b>', [(1, "30次")]),
        ('甲\n\n*乙*{ title="共30次" }', [(3, "30次")]),
        ("```\n共30次\n```", [(2, "30次")]),
        ("甲[^1]。\n\n[^1]: 共30次", [(3, "30次")]),
        # what counts nothing
        ("1. 甲\n2. 乙\n   - 丙", []),
        ("### 1. 总体\n\n（1）甲\n\n# 一、总体 { #a30 }\n\n## （二）分述", []),
        ("甲[^1]\n\n[^1]: 乙", []),
        ('{{ fig("a30") }}和<img src="x30.png" alt="甲" width="30">', []),
        ('![甲](x.png){ width=300 }、[乙](y.md){ .caption title="丙" height="40%" }', []),
        ("甲\n{: width=300 }\n\n## 乙 { #a width=300 }", []),
        ("[甲](x30.md)、[乙][30]\n\n[30]: y30.md", []),
    ],
)  # fmt: skip
def test_numbers_are_read_as_a_reader_sees_them(text: str, numbers: list[tuple[int, str]]) -> None:
    assert found(text) == numbers
