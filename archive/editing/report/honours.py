"""Honours of a report that is brought: what is proposed for each, and the record that it becomes when confirmed.

Nothing is recorded before a person has confirmed it. An honour of which there is a record is that one: the
same title, and no other year.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from archive.editing.report.columns import (
    CONFIRMED,
    HEADINGS,
    Entered,
    UnfitError,
    Wrong,
    free,
)
from archive.editing.report.finding import Find
from archive.editing.report.honour_finding import Award
from archive.facts.brought import letters
from archive.facts.gather import RECORD_ID
from archive.facts.honours import honour_title
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.kinds import labels

COLLECTION = "honours"
LABELS: Mapping[str, str] = {
    name: fields(Honour)[name].label for name in ("title", "recipient", "level", "body", "date")
}
"""The fields that a person may fill in → what people call them."""
_ID_AT_MOST = 40
_NO_ID = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_PERSON = re.compile(
    r"[\d一二三四五六七八九十两]+(?:名|人|位)|同志|先生|女士|某{1,2}$|(?:站|所|局|队|科|处|校|院|班)长$|书记$|主任$|教师$|个人$"
)
_OF_A_PERSON = re.compile(r"(?:个人|工作者|能手|模范|好人|党员|者|员|之星|人物|人)$")
_BODY_OF_PEOPLE = re.compile(
    r"(?:单位|局|我[市县区校院馆站司行们]|处|科|队|中心|支部|党委|公司|村|乡|镇|街道|社区|机关|院|校|馆|站|所|室|团|厅|部|委|会)(?:\d{4}年)?$"
)
_OF_A_BODY = re.compile(
    r"(?:单位|集体|机关|支部|组织|号|岗|窗口|基地|示范\S{1,4}|村|社区|镇|校园?|家庭|院|站|馆|队)$"
)
_HIGHEST = ("全国", "国家", "中央", "国务院")


@dataclass(frozen=True, slots=True)
class HonourColumns:
    """What a person may say of an honour."""

    id: str = ""
    title: str = ""
    recipient: str = ""
    level: str = ""
    body: str = ""
    date: datetime.date | None = None

    def record(self) -> dict[str, Any]:
        """Return its fields, as its record has them."""
        return {name: getattr(self, name) or None for name in LABELS}


class Honours:
    """Gives each honour its record. What is recorded stays in `added`, id → fields."""

    def __init__(
        self, site: Site, awards: Mapping[Find, Award], apart: Mapping[Find, bool]
    ) -> None:
        """Begin with the honours that there are; `apart` are those that stand where a macro can show them."""
        self.added: dict[str, dict[str, Any]] = {}
        self.told: dict[str, str] = {}
        """Id → what is told of it."""
        self._awards, self._apart = awards, apart
        self._known = {one.id: _columns(one.id, one.data) for one in site.archive.of(Honour)}
        self._recorded = frozenset(self._known)
        self._taken = {id_.lower() for id_ in site.archive.record_ids(COLLECTION)}
        names = site.archive.unit.names if site.archive.unit else {}
        self._shown = {
            one.id: letters(honour_title(one.data, names)) for one in site.archive.of(Honour)
        }
        """Honour → its title as a page shows it, with the name before it."""
        kinds = site.archive.kinds
        self._levels, self._recipients = (
            labels(kinds, name) for name in ("honour_levels", "honour_recipients")
        )  # fmt: skip
        self._reserved = {*self._taken}
        """The ids that are taken or proposed, in small letters."""
        self._titled: dict[str, dict[str, HonourColumns]] = defaultdict(dict)
        """Title → id → the honours that there are, or are recorded."""
        self._proposed: dict[str, list[tuple[HonourColumns, str, str]]] = defaultdict(list)
        """Title → what there is or is proposed, each with its year if that is known, and with what is missing."""
        for id_, one in self._known.items():
            self._titled[letters(one.title)][id_] = one
            year = f"{one.date.year}" if one.date else ""
            self._proposed[self._shown[id_]].append((one, year, f"是不是已有的 {id_}"))

    def propose(self, find: Find) -> tuple[HonourColumns, str]:
        """Return what is proposed for an honour, and what only a person can say of it, in a few words."""
        award = self._awards[find]
        year = award.told_day[:4] or (f"{award.day.year}" if award.day else "")
        for one, its, missing in self._proposed[letters(award.title)]:
            if not its or not year or its == year:
                return one, missing
        id_ = self._free(award.title)
        self._reserved.add(id_.lower())
        columns = HonourColumns(
            id_, award.title, self._to(award), self._level(award), award.body, award.day
        )  # fmt: skip
        told = f"（文中为{award.told_day}）" if award.told_day else ""
        missing = "、".join(
            f"{label}{told if name == 'date' else ''}"
            for name, label in LABELS.items()
            if not getattr(columns, name)
        )
        self._proposed[letters(award.title)].append((columns, year, missing))
        return columns, missing

    def _to(self, award: Award) -> str:
        """Who received it, by a word of data/kinds.yml; empty if that is not sure."""
        to = award.to.strip()
        person, body = "个人", "集体"
        if _PERSON.search(to) or to == person:
            found = person
        elif _BODY_OF_PEOPLE.search(to) or _OF_A_BODY.search(award.title):
            found = body
        else:
            found = person if _OF_A_PERSON.search(award.title) else ""
        return found if found in self._recipients else ""

    def _level(self, award: Award) -> str:
        """The level that the title names, or else who awarded it."""
        for said in (award.about, award.body):
            for level in self._levels:
                if level in said:
                    return level
            for level in self._levels:
                if any(_is_of(word, said) for word in _words(level)):
                    return level
        return ""

    def knows(self, id_: str) -> bool:
        """Return whether there is an honour of that id, or one was recorded."""
        return id_ in self._known

    def columns_of(self, id_: str) -> HonourColumns:
        """Return what there is of an honour."""
        return self._known[id_]

    def enter(self, find: Find, columns: HonourColumns, merged: bool = False) -> Entered:
        """Record an honour as the columns say; raises UnfitError if it cannot be."""
        id_ = columns.id
        there = self._known.get(id_)
        if merged and there is None:
            found = f"没有 {id_}{suggestion(id_, self._known)}" if id_ else "现为空；请填它的编号"
            raise UnfitError((HEADINGS["id"], f"并入的须是已有的荣誉，{found}"))
        if not merged:
            alike = self._titled[letters(columns.title)].values()
            same = there or next((one for one in alike if one == replace(columns, id=one.id)), None)
            if same is None:
                id_ = self._add(columns)
            elif same != replace(columns, id=same.id):
                raise UnfitError(*self._of_another(columns, same))
            else:
                id_ = same.id
        macro = ""
        if self._apart[find] and self._shown[id_] == letters(find.name):
            macro = f'{{{{ honours("{id_}") }}}}'
        return Entered(find, macro, id_, find.name)

    def _of_another(self, columns: HonourColumns, there: HonourColumns) -> list[Wrong]:
        """What is wrong with columns whose id is that of another honour, or of the same with other fields."""
        wrong = []
        for name, label in LABELS.items():
            due, is_ = getattr(there, name) or "空", getattr(columns, name) or "空"
            if due != is_:
                where = "已有" if there.id in self._recorded else "在这份表里"
                wrong.append((label, f"荣誉 {there.id} {where}的{label}是“{due}”，须相同，现为“{shorten(f'{is_}')}”；请改成相同，另是一项的请换一个编号"))  # fmt: skip
        return wrong

    def _add(self, columns: HonourColumns) -> str:
        wrong: list[Wrong] = []
        if columns.id and not RECORD_ID.fullmatch(columns.id):
            wrong.append((HEADINGS["id"], f"须由汉字、字母、数字、点、短横、下划线组成，以汉字、字母、数字开头，现为 {shorten(columns.id)}；请改正，或者清空，由名称得出"))  # fmt: skip
        elif columns.id.lower() in self._taken:
            wrong.append((HEADINGS["id"], f"编号须没有用过，{columns.id} 已有记录；请换一个编号"))
        wrong += [(LABELS[name], "须填写，现为空；请填写") for name in ("title", "recipient") if not getattr(columns, name)]  # fmt: skip
        for one in self._titled[letters(columns.title)].values():
            if one.recipient == columns.recipient and (
                one.date == columns.date or None in (one.date, columns.date)
            ):
                days = f"{one.date or '空'}、{columns.date or '空'}"
                wrong.append((LABELS["date"], f"同名的荣誉 {one.id} 已有，须写明不同的授予日期，现为 {days}；请填写，是同一项的，确认填“并入”，编号填 {one.id}"))  # fmt: skip
        if wrong:
            raise UnfitError(*wrong)
        id_ = columns.id or self._free(columns.title)
        try:
            Honour.model_validate(_whole(columns))
        except ValidationError as error:  # words that no record takes, such as 无 for a title
            label = LABELS.get(str(error.errors()[0]["loc"][0]), CONFIRMED)
            raise UnfitError((label, "须是记录能用的写法，不是“无”“待定”一类；请改写")) from error
        self.added[id_] = _whole(columns)
        self._known[id_] = self._titled[letters(columns.title)][id_] = replace(columns, id=id_)
        self._shown[id_] = letters(columns.title)
        self._taken.add(id_.lower())
        self._reserved.add(id_.lower())
        known = "，".join(f"{getattr(columns, name)}" for name in LABELS if getattr(columns, name))
        self.told[id_] = f"荣誉 {id_}：{known}"
        return id_

    def _free(self, title: str) -> str:
        """An id for an honour of that title."""
        wanted = _NO_ID.sub("_", title.lower()).strip("_")[:_ID_AT_MOST] or "荣誉"
        return free(wanted, self._reserved)


def _columns(id_: str, one: Honour) -> HonourColumns:
    return HonourColumns(id_, one.title, one.recipient, one.level or "", one.body or "", one.date)


def _whole(columns: HonourColumns) -> dict[str, Any]:
    """All fields that a record must have."""
    required = (name for name, field in fields(Honour).items() if field.required)
    return dict.fromkeys(required) | columns.record()


def _words(level: str) -> Sequence[str]:
    """The words of a level: 省 for 省级, 县 and 区 for 县区级."""
    stem = level.removesuffix("级")
    if stem == "国家":
        return _HIGHEST
    return tuple(stem) if len(stem) == 2 and not set(stem) - set("省市县区州盟旗") else (stem,)


def _is_of(word: str, said: str) -> bool:
    """Whether words tell of a level: 全省, 省文明委, 省级."""
    if word in _HIGHEST:
        return word in said
    around = rf"全{word}|(?:^|[、“，,\s]|届|届全?){word}(?:级|[委直]|政府|人民|总|厅|局|文|妇|教|劳|五|优|先|青|巾|卫|公|[团人科])"
    return bool(re.search(around, said)) or (len(word) > 1 and word in said)
