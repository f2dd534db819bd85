"""Sites made at random of what editors write, right and wrong: pages, records, attachments, titles.

A number gives the same site at every run. Much of a site is refused by the check; what is left over
must build.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from archive.facts.project import Project
from tests.samples.blocks import PIXEL
from tests.samples.honours import CIVILISED, LEVEL
from tests.samples.sample import FILES, RECORD, UNIT, write

Changes = dict[str, str | bytes | None]


def page(title: str, body: str) -> str:
    return f"---\ntitle: {title}\n---\n\n# {title}\n\n{body}\n"


BASE: Changes = {
    **FILES,
    "data/unit.yml": UNIT + LEVEL,
    "data/honours/civilised.yml": CIVILISED,
    "docs/honours/index.md": page("荣誉", "{{ honour_list() }}"),
    "docs/records/volunteering.md": page("志愿服务", '{{ records("volunteering") }}'),
    "docs/regulations/index.md": page("制度汇编", "{{ regulations() }}"),
    "docs/regulations/changes.md": page("制度变动", "{{ regulation_changes() }}"),
    "docs/guide/index.md": page("指南", "## 改页面 { #edit-page }\n\n## 添加 { #add-record }\n"),
    "docs/report/part-1.md": f'{FILES["docs/report/part-1.md"]}\n{{{{ honours("civilised") }}}}\n',
}
"""A small site that builds, to which the rest is added."""

WORDS = (
    "创建", "文明", "单位", "志愿", "服务", "统筹", "学习", "社区", "，", "。", "、", "：", "；", "（", "）", "“", "”", "《", "》",
    "—", "…", " ", "\u3000", "a", "B", "é", "e\u0301", "\u200b", "ﬁ", "㎡", "½",
)  # fmt: skip
SIGNS = (
    "*", "**", "_", "__", "`", "``", "~", "~~", "#", "{", "}", "[", "]", "(", ")", "<", ">", "&", "&amp;", "&lt;", "&#42;",
    "&copy;", "\\", "\\*", "\\[", "!", "|", "$", "%", "@", "^", "=", "+", "-", "/", '"', "'", ":", ";", "?", ",", ".", "\t",
)  # fmt: skip
NAMES = (
    "证书(1).txt", "a#1.txt", "a%231.txt", "100%.txt", "为什么?.txt", "甲 乙.txt", "A&B.txt", "it's.txt", "甲“乙”.txt",
    "[甲].txt", "a+b=c.txt", "全角（一）.txt", "照片.PNG", "图 片.png", "长" * 60 + ".txt", "a.b.c.txt", "%E4%B8%80.txt",
    "甲,乙;丙.txt", "$甲@.txt", "a~b.txt", "甲!.txt", "{甲}.txt", "a_b_c.txt", "甲*乙.txt", "甲|乙.txt", "甲`乙.txt",
    "甲\\乙.txt", "甲\"乙.txt", "甲<乙>.txt", "甲:乙.txt", "-甲.txt", "e\u0301.txt",
)  # fmt: skip
TARGETS = (
    "index.md", "report/part-1.md", "report/part-1.md#planning", "figures/index.md#activities", "regulations/leave.md#art-1-1",
    "honours/index.md#civilised", "records/volunteering.md#y2024", "guide/index.md", "",
)  # fmt: skip
OUTSIDE = (
    "https://www.example.cn/", "http://example.cn/a?b=c&d=e#f", "https://example.cn/A_(B)", "mailto:a@example.org", "tel:12340",
    "https://中国.example/甲 乙", "https://a_b.example/*x*", "https://[a", "https:/x", "//example.cn/", "/index.md", "ftp://a.example/",
    "HTTPS://EXAMPLE.CN/", "https://example.cn/%zz", "https://example.cn/<b>", "javascript:alert", "https://example.cn/甲\\乙",
)  # fmt: skip


class Maker:
    """Makes pieces of one page at random; what must be known of the page is kept here."""

    def __init__(self, random: Random, path: str, files: Sequence[str]) -> None:
        self.random, self.path, self.files = random, path, files
        self.wild = random.random() < 0.3
        """Whether the page also gets what the check refuses for certain."""
        self.ids: list[str] = []
        self.after: list[str] = []
        """What stands at the end of the page: definitions and footnotes."""

    def one(self, *options: Callable[[], str] | str) -> str:
        chosen = self.random.choice(options)
        return chosen if isinstance(chosen, str) else chosen()

    def many(self, most: int, *options: Callable[[], str] | str, between: str = "") -> str:
        return between.join(self.one(*options) for _ in range(self.random.randint(1, most)))

    def some(self, *wild: Callable[[], str] | str) -> tuple[Callable[[], str] | str, ...]:
        """These options on a wild page, elsewhere none."""
        return wild if self.wild else ()

    def odd(self, chance: float) -> bool:
        return self.random.random() < chance

    def words(self) -> str:
        text = "".join(
            self.random.choices(WORDS[:21] if self.odd(0.7) else WORDS, k=self.random.randint(1, 6))
        )
        if self.odd(0.15):
            text += self.random.choice(SIGNS if self.wild else SIGNS[12:])
        return f"{self.plain()}{text}" if self.odd(0.8) else text

    def plain(self) -> str:
        return "".join(self.random.choices(WORDS[:6], k=self.random.randint(1, 3)))

    def up(self, target: str) -> str:
        """A path from this page to one from docs/."""
        return "../" * self.path.count("/") + target if target else ""

    def address(self, angled: bool = True) -> str:
        """An address, escaped for Markdown in one way or other."""
        kind = self.random.randrange(10)
        if kind < 2:
            return self.random.choice(OUTSIDE if self.wild else OUTSIDE[:7])
        if kind < 5:
            return self.up(self.random.choice(TARGETS))
        if kind == 5:
            return "#" + self.one("", *self.ids, *self.some("甲", "a-1"))
        name = self.up("files/" + self.random.choice(self.files))
        way = self.random.randrange(6)
        if way == 0:
            return name
        if way == 1 and angled:
            return f"<{name}>"
        if way == 2:
            return "".join(f"\\{c}" if c in "()[]*_`<>&#!\\" else c for c in name)
        if way == 3:
            return name.replace("&", "&amp;").replace("(", "&#40;").replace('"', "&quot;")
        quoted = {
            c: "".join(f"%{b:02X}" for b in c.encode())
            for c in name
            if not c.isalnum() and c not in "/._-"
        }
        if way == 4:
            quoted |= {c: "".join(f"%{b:02X}" for b in c.encode()) for c in name if ord(c) > 127}
        return "".join(quoted.get(c, c) for c in name)

    def title(self) -> str:
        return self.one(
            "", "", f' "{self.words()}"', f" '{self.words()}'", *self.some(f" ({self.plain()})")
        )

    def attributes(self) -> str:
        given = self.one(
            ".caption", f"#{self.new_id()}", 'title="说明"', "lang=en",
            f'title="{self.words()}"', *self.some("width=300 .caption", ".wrong", "onclick=a", "width=300", "height=50%", "loading=lazy"),
        )  # fmt: skip
        return self.one(f"{{ {given} }}", f"{{: {given} }}")

    def new_id(self) -> str:
        self.ids.append(
            self.one(
                "a-1",
                "甲",
                "节（一）",
                "x.y",
                "a(1)",
                "b:c",
                "_2",
                "planning",
                "页",
                *self.some("__x"),
            )
        )
        if self.ids.count(self.ids[-1]) > 1 and not self.odd(0.1):
            self.ids[-1] += str(len(self.ids))
        return self.ids[-1]

    def link(self) -> str:
        text = self.one(self.words, self.plain, self.code, *self.some(self.inline))
        ending = self.one("", "", self.attributes)
        if self.odd(0.15):
            label = self.one("甲", "r", "证 书", "1", "^1")
            self.after.append(f"[{label}]: {self.address()}{self.title()}")
            return self.one(
                f"[{text}][{label}]", f"[{label}]", f"![{text}][{label}]", f"[{label}][]"
            )
        return f"[{text}]({self.address()}{self.title()}){ending}"

    def picture(self) -> str:
        names = [one for one in self.files if one.lower().endswith(".png")]
        name = self.up("files/" + self.random.choice(names)) if names else "x.png"
        target = self.one(f"<{name}>", name.replace(" ", "%20"), *self.some(self.address))
        ending = self.one("", "{ width=300 }", self.attributes)
        return (
            f"![{self.one(self.plain, self.words, *self.some(''))}]({target}{self.title()}){ending}"
        )

    def html(self) -> str:
        address = self.address(angled=False).replace('"', self.one('"', "&quot;"))
        inside = self.words()
        return self.one(
            f"<b>{inside}</b>", f"<span class=\"caption\">{inside}</span>", f'<a href="{address}">{inside}</a>', "<br>", "<hr>",
            f'<img src="{self.up("files/照片.PNG")}" alt="{self.plain()}">', *self.some(f'<img src="{address}" alt="甲">'), f"<sup>{inside}</sup>", f'<mark title="{inside}">{inside}</mark>',
            f"<u id=\"{self.new_id()}\">{inside}</u>", f"<kbd>{inside}</kbd>", *self.some("<a href>甲</a>", "<img alt='甲'>", f"<em>{inside}", "<script>"),
            "<br/>", f"<p>{inside}</p>", f"<!-- {self.plain()} -->", *self.some(f'<abbr title="[a](b)">{inside}</abbr>'),
        )  # fmt: skip

    def call(self) -> str:
        literal = self.one(
            '"activities"',
            '"volunteering"',
            '"bureau"',
            '"civilised"',
            "1",
            "true",
            "'x'",
            '"甲"',
            "",
        )
        name = self.one(
            "fig",
            "name",
            "table",
            "records",
            "honours",
            "states",
            "example",
            "criteria",
            "releases",
            "messages",
        )
        return self.one(
            '{{ fig("activities") }}', '{{ name("bureau") }}', '{{ honours("civilised") }}', '{{ fig("visited") }}',
            *self.some(f"{{{{ {name}({literal}) }}}}"),
        )  # fmt: skip

    def note(self) -> str:
        label = self.one("1", "甲", "a-b", *self.some("注 一"))
        if self.odd(0.9):
            self.after.append(
                f"[^{label}]: {self.inline()}" + self.one("", "", f"\n\n    {self.plain()}")
            )
        return f"[^{label}]"

    def inline(self) -> str:
        return self.many(
            3, self.words, self.words, self.words, self.link, self.picture, self.html, self.call, self.note, self.emphasis,
            self.code, *self.some(self.attributes), self.raw,
        )  # fmt: skip

    def emphasis(self) -> str:
        sign = self.one("*", "**", "_", "~~", *self.some("***"))
        return f"{sign}{self.one(self.plain, self.words, self.link, self.call)}{sign}{self.one('', '', self.attributes)}"

    def code(self) -> str:
        return self.one(
            f"`{self.words()}`",
            "`` a`b ``",
            "`<b>`",
            "`*`",
            "`{ .a }`",
            "`{# x #}`" if self.wild else "`x`",
            f"`{self.plain()}`{self.attributes()}",
        )

    def raw(self) -> str:
        shown = self.one(self.plain, "`{{ x }}`", "`{% x %}`", *self.some("{{ x }}", "{# x #}"))
        return f"{{% raw %}}{shown}{{% endraw %}}"

    def heading(self) -> str:
        text = self.one(
            self.plain, self.words, self.inline, self.entities,
            lambda: f"{self.plain()}{self.code()}{self.plain()}", lambda: f"{self.emphasis()}{self.entities()}",
            lambda: f"{self.plain()}{self.note()}", lambda: f"“{self.plain()}”{self.link()}",
        )  # fmt: skip
        end = self.one(
            "",
            "",
            f" {{ #{self.new_id()} }}",
            *self.some(f"{{ #{self.new_id()} }}"),
            f" {self.attributes()}",
            " #",
        )
        return self.one(
            f"{'#' * self.random.randint(1, 6)} {text}{end}",
            f"{text}{end}\n---",
            f"{text}{end}\n===",
            *self.some(f"#{text}{end}"),
        )

    def entities(self) -> str:
        """Text with signs written by their number or name, or escaped."""
        return self.many(
            3, self.plain, "&amp;", "&lt;b&gt;", "&#8220;", "&nbsp;", "&hellip;", "☆", "\\#", "\\_",
        )  # fmt: skip

    def table(self) -> str:
        columns = self.random.choice((1, 2, 3, 3, 8, 14))
        rows = [
            [
                self.one(self.plain, self.plain, self.inline if columns < 4 else self.words)
                for _ in range(columns)
            ]
            for _ in range(self.random.randint(1, 3))
        ]
        line = (["---", ":-:", "--:", ":--"] * 4)[: columns + self.odd(0.05)]
        return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], line, *rows[1:]])

    def listing(self) -> str:
        mark = self.one("- ", "* ", "1. ", "+ ", "3. ", *self.some("1) "))
        items = []
        for _ in range(self.random.randint(1, 3)):
            more = self.one(
                "",
                "",
                f"\n{' ' * self.random.choice((2, 4))}- {self.inline()}",
                f"\n\n    {self.one(self.inline, self.fence)}",
                lambda: (
                    f"\n    > {self.inline()}\n    > - {self.inline()}\n    >     1. {self.plain()}"
                ),
                lambda: f"\n\n    #### {self.plain()}\n\n    {self.plain()}{self.note()}",
            )
            items.append(f"{mark}{self.inline()}{more}")
        return self.one("\n", "\n\n").join(items)

    def fence(self) -> str:
        sign = self.one("```", "~~~", "````")
        info = self.one(
            "", " text", " python", ' { .yaml title="甲" }', *self.some(" 甲", "yaml hl_lines='1'")
        )
        return f"{sign}{info}\n{self.many(3, self.words, '<b>', '*', chr(10))}\n{sign}"

    def block(self) -> str:
        made = self.one(
            self.inline, self.inline, self.inline, self.heading, self.heading, self.table, self.listing, self.fence,
            lambda: f"> {self.inline()}", lambda: f"{self.inline()}\n{self.inline()}", lambda: f"{self.inline()}\n{self.attributes()}",
            lambda: f"<div>\n\n{self.inline()}\n\n</div>", lambda: f"<p>{self.inline()}</p>", lambda: f"    {self.inline()}",
            lambda: f"<details><summary>{self.plain()}</summary>{self.plain()}</details>", "---", "* * *", *self.some(self.attributes),
            '{{ table("volunteering") }}', "{{ register() }}", "{{ honour_list() }}", "{{ states() }}", "{{ regulations() }}",
            lambda: f"{self.inline()}  \n{self.inline()}", lambda: f"{self.inline()}\\\n{self.inline()}", lambda: f": {self.inline()}",
        )  # fmt: skip
        if self.odd(0.06):
            inside = "\n".join(f"> {line}" for line in made.split("\n"))
            return self.one(inside, f"> [!NOTE]\n{inside}")
        if "\n" not in made and self.odd(0.06):
            return f"{self.one('> - ', '> > ', '- > ', '- - ', '1. > - ')}{made}"
        return made

    def page(self) -> str:
        title = yaml(f"{self.plain()}{self.one('', self.words, self.words)}")
        front = f"title: {title}\n"
        if self.odd(0.3):
            front += f"description: {yaml(self.plain() + self.words())}\n"
        front += self.one(
            "",
            "",
            "",
            "print: 整页\n",
            "print: 整页和各节\n",
            "hide: [toc]\n",
            "search: {exclude: true}\n",
            "disclosure: 内部\n",
        )
        body = [
            self.one(f"# {self.plain()}", self.block),
            *(self.block() for _ in range(self.random.randint(1, 4))),
        ]
        return f"---\n{front}---\n\n" + "\n\n".join([*body, *self.after]) + "\n"


def yaml(text: str) -> str:
    """A text as a value of YAML, in quotes."""
    return json.dumps(text, ensure_ascii=False)


def record(make: Maker) -> str:
    """A record with odd texts in some of its fields."""
    made = RECORD
    for field, value in (
        ("title", "学雷锋进社区"),
        ("place", "社区"),
        ("organiser", "办公室"),
        ("source", "签到表"),
    ):
        if make.odd(0.5):
            text = make.one(
                make.words, lambda: make.many(4, make.words, make.inline), lambda: make.plain() * 60
            )
            made = made.replace(f"{field}: {value}", f"{field}: {yaml(text)}")
    if make.odd(0.2):
        made = made.replace(
            "evidence: []", f"evidence: [{yaml('files/' + make.random.choice(make.files))}]"
        )
    return made.replace(
        "2024-03-05", f"2024-{make.random.randint(1, 12):02}-{make.random.randint(1, 28):02}"
    )


def random_site(number: int, pages: int = 100, records: int = 20) -> Changes:
    """The site of that number, as files that are added to an empty folder."""
    random = Random(number)
    files = [*random.sample(NAMES, 12), "照片.PNG"]
    made: Changes = {**BASE}
    for name in files:
        made[f"docs/files/{name}"] = PIXEL if name.lower().endswith(".png") else f"附件 {number}\n"
    titled: list[str] = []
    for count in range(pages):
        folder = random.choice(["", "notes/", "report/", "notes/甲/", "records/", "guide/"])
        name = random.choice(["p", "页", "a.b-", "甲_", "P"])
        path = f"{folder}{name}{count}" + random.choice([".md", ".md", "/index.md"])
        make = Maker(random, path, files)
        made[f"docs/{path}"] = make.page()
        titled.append(make.one("", "", "", f"{yaml(make.words())}: ") + path)
    for count in range(records):
        make = Maker(random, "", files)
        made[f"data/volunteering/2024/r{count}.yml"] = record(make)
    made["mkdocs.yml"] = settings(made, titled)
    return made


def settings(files: Changes, titled: Sequence[str]) -> str:
    """The site's settings with every page of `files` in the navigation, some with a title."""
    given = {one.rpartition(": ")[2] for one in titled}
    paths = [
        name.removeprefix("docs/")
        for name in files
        if name.endswith(".md") and name.startswith("docs/")
    ]
    entries = [*(path for path in paths if path not in given), *titled]
    nav = "".join(f"  - {entry}\n" for entry in entries)
    return f"site_name: 样例\nnav:\n{nav}"


def write_base(root: Path, more: str = "", named: bool = False) -> Project:
    """Write what all these sites begin with, and `more` on the first page; `named` as a public edition has to be."""
    first = {"docs/index.md": f"{BASE['docs/index.md']!s}{more}"}
    unit = str(BASE["data/unit.yml"]).replace(
        "value:\n", "value: 样例市\n" if named else "value:\n"
    )
    changes = {"data/unit.yml": unit, "mkdocs.yml": settings(BASE, [])}
    return write(root, {**BASE, **first, **changes})
