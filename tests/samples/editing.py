"""Random edits of a small site, as an editor makes them one after the other: right ones and wrong ones."""

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.samples.random_site import BASE, page
from tests.samples.sample import FIGURES, RECORD

Files = dict[str, str]
"""The site: file → text."""

_SETTINGS = "mkdocs.yml"
_FIGURES = "data/figures.yml"


START: Files = {name: str(text) for name, text in BASE.items() if text is not None} | {
    "docs/index.md": page("首页", "{{ standing() }}\n\n见[报告](report/part-1.md#planning)和[说明](files/a.txt)。"),
    "docs/files/a.txt": "说明\n",
    "docs/criteria/index.md": page("考评", "{{ criteria() }}"),
    "docs/topics.md": page("专题", "{{ topics() }}"),
    "docs/glance/index.md": page("一图读懂", '{{ glance("summary") }}'),
}  # fmt: skip
START[_SETTINGS] = "site_name: 样例\nnav:\n"


def _records(files: Files) -> list[str]:
    return sorted(name for name in files if name.startswith("data/volunteering/"))


def _written(files: Files) -> list[str]:
    return sorted(
        name for name in files if name.startswith("docs/") and "/new-" in name
    )  # fmt: skip


def _pages(files: Files) -> list[str]:
    return [name.removeprefix("docs/") for name in files if name.endswith(".md")]


def _listed(files: Files) -> None:
    """Have the navigation name the pages there are, new ones first."""
    known = re.findall(r"(?<=^  - ).*", files[_SETTINGS], re.MULTILINE)
    there = _pages(files)
    named = [*(path for path in there if path not in known), *(path for path in known if path in there)]  # fmt: skip
    _navigate(files, named)


def _navigate(files: Files, paths: list[str]) -> None:
    nav = "".join(f"  - {path}\n" for path in paths)
    files[_SETTINGS] = files[_SETTINGS].partition("nav:\n")[0] + f"nav:\n{nav}"


def _record(random: Random, files: Files) -> None:
    name = f"data/volunteering/2024/n{random.randrange(30)}.yml"
    day, people = random.randrange(1, 29), random.randrange(1, 40)
    text = RECORD.replace("2024-03-05", f"2024-{random.randrange(1, 13):02}-{day:02}")
    files[name] = text.replace("学雷锋进社区", f"活动{random.randrange(1000)}").replace("12", str(people))  # fmt: skip


def _services(random: Random, files: Files) -> None:
    name = random.choice(_records(files))
    files[name] = re.sub(r"services: .*", f"services: {random.randrange(500)}", files[name])


def _without_record(random: Random, files: Files) -> None:
    if len(_records(files)) > 1:
        del files[random.choice(_records(files))]


def _other_name(random: Random, files: Files) -> None:
    name = random.choice(_records(files))
    files[f"data/volunteering/2024/r{random.randrange(1000)}.yml"] = files.pop(name)


def _sentence(random: Random, files: Files) -> None:
    name = random.choice([*_written(files), "docs/index.md", "docs/report/overview.md"])
    said = ("又一句话。", '开展活动{{ fig("activities") }}。', "见[说明](../files/a.txt)。", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |")  # fmt: skip
    files[name] += f"\n{random.choice(said)}\n"


def _title(random: Random, files: Files) -> None:
    name = random.choice([*_written(files), "docs/topics.md"])
    files[name] = re.sub(r"title: .*", f"title: 题{random.randrange(100)}", files[name], count=1)


def _page(random: Random, files: Files) -> None:
    number = random.randrange(100)
    files[f"docs/new-{number}.md"] = page(f"新页{number}", '{{ name("bureau") }}的一页。')
    _listed(files)


def _moved_page(random: Random, files: Files) -> None:
    if found := _written(files):
        files[f"docs/more/new-{random.randrange(100, 200)}.md"] = files.pop(random.choice(found))
        _listed(files)


def _without_page(random: Random, files: Files) -> None:
    if found := _written(files):
        del files[random.choice(found)]
        _listed(files)


def _navigation(random: Random, files: Files) -> None:
    known = re.findall(r"(?<=^  - ).*", files[_SETTINGS], re.MULTILINE)
    _navigate(files, random.sample(known, len(known)))


def _site_name(random: Random, files: Files) -> None:
    files[_SETTINGS] = re.sub(r"site_name: .*", f"site_name: 站{random.randrange(100)}", files[_SETTINGS])  # fmt: skip


def _mask(random: Random, files: Files) -> None:
    stars = "*" * random.randrange(1, 4)
    files["data/unit.yml"] = re.sub(r'mask: "\*+"', f'mask: "{stars}"', files["data/unit.yml"])


def _figure(random: Random, files: Files) -> None:
    name = f"走访居民{random.choice(['', '户', '家'])}"
    files[_FIGURES] = re.sub(r"name: 走访.*", f"name: {name}", files[_FIGURES])


def _new_figure(random: Random, files: Files) -> None:
    entry = FIGURES[FIGURES.index("visited:") :]
    id_ = f"extra{random.randrange(20)}"
    if f"{id_}:" not in files[_FIGURES]:
        files[_FIGURES] += entry.replace("visited:", f"{id_}:").replace("走访居民", f"另一数{id_}")
        files["docs/report/part-1.md"] += f'\n另有{{{{ fig("{id_}") }}}}。\n'


def _kind(random: Random, files: Files) -> None:
    old, new = random.sample(["学雷锋", "植树造林"], 2)
    for name in _records(files):
        if random.random() < 0.3:
            files[name] = files[name].replace(f"kind: {old}", f"kind: {new}")


def _attachment(random: Random, files: Files) -> None:
    files["docs/files/a.txt"] = f"说明{random.randrange(1000)}\n"


def _regulation(random: Random, files: Files) -> None:
    name = "docs/regulations/leave.md"
    files[name] = files[name].replace("（二）病假。", f"（二）病假{'。' * random.randrange(1, 3)}")


def _ledger(random: Random, files: Files) -> None:
    name = "data/ledgers/volunteering.yml"
    files[name] = re.sub(
        r"(?m)^label: .*", f"label: 志愿服务活动{random.randrange(1000)}", files[name]
    )


def _list_of_kinds(random: Random, files: Files) -> None:
    kinds = "\n".join(f"  - 另一类{number}" for number in random.sample(range(1000), 5))
    old = files["data/kinds.yml"].partition("\n# 另加\n")[0]
    old = re.sub(r"(?m)^phrase_kinds: .*\n", "", old).rstrip("\n")
    files["data/kinds.yml"] = f"{old}\n# 另加\nphrase_kinds:\n  - 专名\n{kinds}\n"


def _phrase(random: Random, files: Files) -> None:
    phrase = f"另外{random.randrange(2, 100)}项规定"
    old = files["data/phrases.yml"].partition("- text: 另外")[0]
    files["data/phrases.yml"] = f"{old}- text: {phrase}\n  kind: 专名\n  note:\n"
    report = "docs/report/part-1.md"
    files[report] = re.sub(r"\n依据另外.*\n", "", files[report]) + f"\n依据{phrase}。\n"


def _withheld(random: Random, files: Files) -> None:
    value = f"某某{random.randrange(1000)}局"
    files["data/unit.yml"] = re.sub(
        r"(?<=meaning: 本单位\n    person: false\n    value:).*",
        f" {value}",
        files["data/unit.yml"],
    )


def _fault(random: Random, files: Files) -> None:
    """A mistake; the next edit may be another one."""
    name = random.choice(sorted(files))
    wrong = ("\n{{ fig('no') }}\n", "\nx: [\n", "\n\t- a\n", "\n[甲](nowhere.md)\n", "\n<script>\n", "\n手写 12 人。\n")  # fmt: skip
    files[name] += random.choice(wrong)


def _undone(random: Random, files: Files) -> None:
    """Everything as it was in the beginning, but for a file or two."""
    kept = {name: files[name] for name in random.sample(sorted(files), 2)}
    files.clear()
    files.update(START | kept)
    _listed(files)


EDITS: tuple[Callable[[Random, Files], None], ...] = (
    _record, _record, _services, _services, _without_record, _other_name, _sentence, _sentence, _title, _page,
    _page, _moved_page, _without_page, _navigation, _site_name, _mask, _figure, _new_figure, _kind, _attachment,
    _regulation, _fault, _fault, _undone, _undone,
)  # fmt: skip


RARE = (_ledger, _list_of_kinds, _phrase, _withheld)
"""What all records and pages are read and judged by."""


def edit(
    random: Random, files: Files, edits: Sequence[Callable[[Random, Files], None]] = EDITS
) -> str:
    """Make one edit of the files at random; returns what it was."""
    chosen = random.choice(edits)
    chosen(random, files)
    return chosen.__name__.removeprefix("_")


_listed(START)
