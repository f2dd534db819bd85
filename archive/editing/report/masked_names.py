"""Masked names of a report that is brought: the same mask before or after the same words is one name."""

import re
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import Any

from archive.editing.report.columns import CONFIRMED, HEADINGS, Entered, UnfitError, numbered
from archive.editing.report.finding import Find
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
from archive.schema.unit import HiddenName

_SURNAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|党员|干部|职工|书记|主任)[王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗]$"
)
NAME_ID = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
MEANING, PERSON = "含义", "是否人名"


@dataclass(frozen=True, slots=True)
class NameColumns:
    """What a person may say of a masked name."""

    id: str = ""
    meaning: str = ""
    person: bool = False


class Names:
    """Gives each masked name its entry. What is entered stays in `added`, id → entry."""

    def __init__(
        self,
        site: Site,
        report: str,
        texts: Sequence[str],
        anew: Collection[str] = (),
        judged: Container[str] = (),
    ) -> None:
        """Begin with the names that there are, but for those that are entered `anew`.

        No person is one that is `judged` by the surname alone.
        """
        self.added: dict[str, dict[str, Any]] = {}
        self.told: dict[str, str] = {}
        """Id → what is told of it."""
        self._texts, self._judged = texts, judged
        known = dict(site.archive.unit.names) if site.archive.unit else {}
        self._known: dict[str, HiddenName] = {
            id_: one for id_, one in known.items() if id_ not in anew
        }
        self._taken = {*self._known}
        calls = (call for page in site.archive.pages_of(report) for call in page.calls)
        self._on_pages = {str(*call.args[:1]) for call in calls if call.name == "name"}
        """What the report shows already."""
        self._there: dict[str, NameColumns] = {}

    def propose(self, find: Find) -> NameColumns:
        """Return what is proposed for a name that nobody has confirmed."""
        text = self._texts[find.text]
        before = re.split(r"[\W_]", text[max(0, find.start - 4) : find.start])[-1]
        after = re.split(r"[\W_]", text[find.end : find.end + 4])[0]
        person = after[:2] in ("同志", "先生", "女士") or bool(_SURNAME.search(before))
        key = f"{before if person or not after else ''}{find.number}{after}"
        if key not in self._there:
            said = shorten(f"{before}…{after}".replace("*", "…"), 30)
            meaning = f"报告里“{said}”中隐去的"
            same = (
                id_
                for id_, one in self._known.items()
                if (one.meaning, one.mask) == (meaning, find.number)
                and not (person and id_ in self._judged)
            )
            id_ = next(same, "") or numbered("名称", self._taken)
            self._taken.add(id_)
            self._there[key] = NameColumns(id_, meaning, person)
        return self._there[key]

    def columns_of(self, id_: str) -> NameColumns:
        """Return what there is of a name."""
        one = self._known[id_]
        return NameColumns(id_, one.meaning, one.person)

    def enter(self, find: Find, columns: NameColumns, merged: bool = False) -> Entered:
        """Enter a name as the columns say; raises UnfitError if it cannot be."""
        id_, entry = columns.id, self._known.get(columns.id)
        if entry is None and merged:
            found = f"没有 {id_}{suggestion(id_, self._known)}" if id_ else "现为空；请填它的编号"
            raise UnfitError((HEADINGS["id"], f"并入的须是已有的名称，{found}"))
        if entry is None:
            self._add(find, columns)
        elif (entry.value or entry.mask) != find.number and not (
            entry.mask == find.number and id_ in self._on_pages  # known since it was brought
        ):
            shown = entry.value or entry.mask
            raise UnfitError((HEADINGS["id"], f"名称 {id_} 显示为“{shown}”，须与原文的“{find.number}”相同；请换一个编号"))  # fmt: skip
        elif not merged:
            for label, due, is_ in (
                (MEANING, entry.meaning, columns.meaning),
                (PERSON, "是" if entry.person else "否", "是" if columns.person else "否"),
            ):
                if due != is_:
                    raise UnfitError((label, f"名称 {id_} 的{label}已是“{due}”，须相同，现为“{shorten(is_)}”；请改成相同，另是一个名称的请换一个编号"))  # fmt: skip
        return Entered(find, f'{{{{ name("{id_}") }}}}', id_, find.number)

    def _add(self, find: Find, columns: NameColumns) -> None:
        id_ = columns.id
        if find.number.strip("*"):
            message = f"掩码须是半角的星号，原文是“{find.number}”；请填“不是名称”，照写"
            raise UnfitError((CONFIRMED, message))
        if not NAME_ID.fullmatch(id_):
            raise UnfitError((HEADINGS["id"], f"须由字母、数字、下划线、汉字组成，不以数字开头，现为{f' {shorten(id_)}' if id_ else '空'}；请改正"))  # fmt: skip
        if not columns.meaning:
            raise UnfitError((MEANING, "须填写，现为空；请填写隐去的是什么"))
        entry = {"meaning": columns.meaning, "person": columns.person, "value": None, "mask": find.number}  # fmt: skip
        self.added[id_] = entry
        self._known[id_] = HiddenName.model_validate(entry)
        said = columns.meaning.removeprefix("报告里“").removesuffix("”中隐去的")
        consent = "（人名，公开须本人同意）" if columns.person else ""
        self.told[id_] = f"名称 {id_}：{said}{consent}"
