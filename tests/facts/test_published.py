"""What is read back of an edition that was published is what its readers saw, whatever has changed since."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.build.downloads.rows import as_json
from archive.build.editions.records import public_records
from archive.build.editions.tree import redacted_tree
from archive.build.editions.writing import fields_file
from archive.checks import check
from archive.facts.figures import count_records, select
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.history import head
from archive.facts.project import Project
from archive.facts.published import Read, read_former
from archive.facts.site import Site, load
from archive.facts.tables import FOLDER, offered, table
from archive.schema.ledgers import without_attachments
from archive.schema.types import Model
from tests.samples.collections import KINDS
from tests.samples.editions import PUBLIC_UNIT
from tests.samples.sample import AS_OF, git

Data = dict[str, Any]
_BY = {"by": "办公室", "date": date(2026, 1, 5)}
_NOBODY = {"by": None, "date": None}
SIGNED = {"prepared": _BY, "reviewed": _NOBODY, "approved": _NOBODY}
MEASURES = {"activities": ("count", None), "amounts": ("sum", "amount"), "totals": ("sum", "total"), "kinds": ("distinct", "kind")}  # fmt: skip
NAMES = [name + of for name in MEASURES for of in ("", "_0", "_1")]
"""The figures there may be: of all records, and of those of the first and the second kind."""


def ledger(label: str, fields: Data, **more: Any) -> Data:
    return {"label": label, "record": "一次", "fields": fields, **more}


OTHER = ledger("学习", {"date": {"label": "日期", "type": "日期"}, "title": {"label": "名称", "type": "文字"}})  # fmt: skip
FIELDS: Data = {
    "date": {"label": "日期", "type": "日期"},
    "kind": {"label": "类别", "type": "选择", "choices": ["甲类", "乙类"]},
    "amount": {"label": "人数", "type": "整数", "people": True},
    "each": {"label": "人均", "type": "小数", "need": "可以不写"},
    "whole": {"label": "合计", "type": "小数", "need": "可以不写"},
    "learning": {"label": "所引", "type": "引用", "of": "learning", "need": "可以不写"},
    "papers": {"label": "附列", "type": "列表", "need": "可以不写"},
}
FIRST = [["whole", "each × amount"], ["each × amount", "whole"], ["each × amount"], ["whole"]]
"""How the total may be derived."""


@dataclass
class Sources:
    """The archive: its ledger, None where there is none; the records and the figures that count them."""

    ledger: Data | None
    records: dict[str, Data]
    figures: set[str]

    def write(self, root: Path) -> Site:
        """Write the files, and remove those that are there no more; returns the site, without a fault."""
        files: dict[str, Any] = {
            "mkdocs.yml": "site_name: 样例\nnav: [index.md, figures/index.md]\n",
            "data/unit.yml": PUBLIC_UNIT["data/unit.yml"].replace(
                "least_people: 10", "least_people: 3"
            ),
            "data/kinds.yml": KINDS,
            "data/phrases.yml": "[]\n",
            "data/criteria.yml": "{}\n",
            "data/ledgers/learning.yml": OTHER,
            "data/learning/2024/a.yml": record(title="学习"),
            "data/figures.yml": {
                name: figure(name, self.ledger or {}) for name in NAMES if name in self.figures
            },
            "docs/files/a.txt": "甲",
            "docs/index.md": "---\ntitle: 首页\n---\n\n# 首页\n\n"
            + "".join(f'{{{{ fig("{name}") }}}}。\n\n' for name in sorted(self.figures)),
            "docs/figures/index.md": "---\ntitle: 指标登记\n---\n\n# 指标登记\n\n{{ register() }}\n",
        }
        if self.ledger:
            files["data/ledgers/helping.yml"] = self.ledger
            files |= {f"data/helping/2024/{id_}.yml": one for id_, one in self.records.items()}
        for path in [*root.glob("data/*/*.yml"), *root.glob("data/*/*/*.yml")]:
            path.unlink()
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = content.encode() if isinstance(content, str) else fields_file(content)
            path.write_bytes(raw)
        site = load(Project(root, root / "data", AS_OF))
        assert not (found := check(site)), found
        return site


def record(**more: Any) -> Data:
    common: Data = {"source": "签到表", "evidence": [], "recorder": "办公室", "reviewer": None}
    return {"date": date(2024, 3, 5), **more, **common}


def figure(name: str, ledger: Data) -> Data:
    called, _, of = name.partition("_")
    measure, field = MEASURES[called]
    rule = {"kind": ledger["fields"]["kind"]["choices"][int(of)]} if of else {}
    return {
        "name": name, "unit": "次", "mask": "***", "definition": f"示例{name}", "method": "示例",
        "counted": {"collection": "helping", "measure": measure, "field": field, "where": rule},
        "period": {"kind": "时期", "start": date(2023, 1, 1), "end": date(2025, 12, 31)},
        "source": "台账", "office": "办公室", "decimals": 0, "disclosure": "公开",
        "complete_through": date(2025, 12, 31), **SIGNED, "note": None,
    }  # fmt: skip


RECORDS = st.builds(
    record,
    kind=st.sampled_from(("甲类", "乙类")),
    amount=st.integers(0, 9),
    each=st.sampled_from((None, Decimal("1.50"), 2)),
    whole=st.sampled_from((None, 5, 7)),
    learning=st.sampled_from((None, "a")),
    papers=st.sampled_from((None, ["簿"], ["files/a.txt", "簿"])),
    disclosure=st.sampled_from((None, None, "内部")),
).map(lambda one: {name: value for name, value in one.items() if value is not None or name == "reviewer"})  # fmt: skip
FIGURES = st.sets(st.sampled_from(NAMES), min_size=1)
HIDDEN = st.sets(st.sampled_from([name for name in FIELDS if name != "date"]), max_size=2)


@st.composite
def sources(draw: st.DrawFn) -> Sources:
    hidden = draw(HIDDEN)
    fields = {name: {**one, "public": name not in hidden} for name, one in FIELDS.items()}
    total = {"label": "总数", "how": "示例", "first": draw(st.sampled_from(FIRST))}
    records = draw(st.lists(RECORDS, max_size=4))
    there = {f"r{at}": one for at, one in enumerate(records)}
    return Sources(ledger("帮扶", fields, derived={"total": total}), there, draw(FIGURES))


# Each changes something at random.

Draw = Callable[..., Any]
Change = Callable[[Sources, Draw], None]


def counts_more(now: Sources, draw: Draw) -> None:
    now.figures |= draw(FIGURES)


def counts_less(now: Sources, draw: Draw) -> None:
    now.figures -= draw(FIGURES)


def _field(now: Sources, draw: Draw) -> Data:
    assert now.ledger
    names = [name for name in now.ledger["fields"] if name != "date"]
    found: Data = now.ledger["fields"][draw(st.sampled_from(names))]
    return found


def is_public_or_not(now: Sources, draw: Draw) -> None:
    one = _field(now, draw)
    one["public"] = not one["public"]


def has_another_label(now: Sources, draw: Draw) -> None:
    _field(now, draw)["label"] += "改"


def labels_change_places(now: Sources, draw: Draw) -> None:
    one, other = _field(now, draw), _field(now, draw)
    one["label"], other["label"] = other["label"], one["label"]


def choice_has_another_name(now: Sources, draw: Draw) -> None:
    assert now.ledger
    if (kind := now.ledger["fields"].get("kind")) and "甲类" in kind["choices"]:
        kind["choices"] = ["某甲类", "乙类"]
        for one in now.records.values():
            if one["kind"] == "甲类":
                one["kind"] = "某甲类"


def takes_less(now: Sources, draw: Draw) -> None:
    """What was recorded is not what the description allows today."""
    assert now.ledger
    now.ledger["fields"]["amount"]["max"] = 6
    for one in now.records.values():
        one["amount"] = min(one["amount"], 6)


def is_derived_otherwise(now: Sources, draw: Draw) -> None:
    assert now.ledger
    now.ledger["derived"]["total"]["first"] = draw(st.sampled_from(FIRST))


def has_one_more_field(now: Sources, draw: Draw) -> None:
    assert now.ledger
    now.ledger["fields"]["more"] = {"label": "另一", "type": "整数", "need": "可以不写", "public": draw(st.sampled_from((False, True)))}  # fmt: skip


def has_one_field_less(now: Sources, draw: Draw) -> None:
    assert now.ledger
    gone = draw(st.sampled_from(("learning", "papers")))
    now.ledger["fields"].pop(gone, None)
    for one in now.records.values():
        one.pop(gone, None)


def has_another_record(now: Sources, draw: Draw) -> None:
    now.records["new"] = _fit(now, draw(RECORDS))


def record_is_another(now: Sources, draw: Draw) -> None:
    if now.records:
        now.records[draw(st.sampled_from([*now.records]))] = _fit(now, draw(RECORDS))


def _fit(now: Sources, one: Data) -> Data:
    """A record as the ledger describes it now."""
    assert now.ledger
    fields = now.ledger["fields"]
    one = {name: value for name, value in one.items() if name in fields or name not in FIELDS}
    if "某甲类" in fields["kind"]["choices"] and one["kind"] == "甲类":
        one["kind"] = "某甲类"
    return one | {"amount": min(one["amount"], fields["amount"].get("max", 9))}


def record_is_hidden(now: Sources, draw: Draw) -> None:
    if now.records:
        now.records[draw(st.sampled_from([*now.records]))]["disclosure"] = "内部"


def record_has_another_name(now: Sources, draw: Draw) -> None:
    now.records = {(f"s{id_}" if draw(st.booleans()) else id_): one for id_, one in now.records.items()}  # fmt: skip


def record_is_gone(now: Sources, draw: Draw) -> None:
    if now.records:
        del now.records[draw(st.sampled_from([*now.records]))]


CHANGES: tuple[Change, ...] = (
    counts_more, counts_less, is_public_or_not, has_another_label, labels_change_places, choice_has_another_name,
    takes_less, is_derived_otherwise, has_one_more_field, has_one_field_less, has_another_record,
    record_is_another, record_is_hidden, record_has_another_name, record_is_gone,
)  # fmt: skip


def ledger_is_gone(now: Sources) -> None:
    now.ledger, now.figures = None, set()


def publish(site: Site, out: Path) -> Site:
    """The downloads of the public edition of a site; returns what it shows."""
    (out / FOLDER).mkdir(parents=True)
    with redacted_tree(site) as project:
        public = load(project)
        for name in offered(public):
            (out / FOLDER / f"{name}.json").write_text(as_json(table(public, name)), "utf-8")
    return public


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_what_is_read_back_is_what_readers_saw(data: st.DataObject) -> None:
    now = data.draw(sources(), "published")
    changes = data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), "changes")
    gone = data.draw(st.sampled_from((False, False, False, False, True)), "the ledger is gone")

    def change() -> None:
        for one in changes:
            one(now, data.draw)
        if gone:
            ledger_is_gone(now)

    read_back(now, change)


def _two_alike() -> Sources:
    """Two records that say the same, but that the one that is not public refers to nothing."""
    fields = {name: {**one, "public": True} for name, one in FIELDS.items()}
    alike = {"kind": "甲类", "amount": 5, "each": 2}
    records = {"a": record(**alike, disclosure="内部"), "b": record(**alike, learning="a")}
    total = {"label": "总数", "how": "示例", "first": FIRST[0]}
    return Sources(ledger("帮扶", fields, derived={"total": total}), records, set(NAMES))


@pytest.mark.parametrize(
    "change",
    [
        record_is_gone, choice_has_another_name, has_another_label, labels_change_places, is_public_or_not,
        is_derived_otherwise, has_one_more_field, has_one_field_less,
    ],
)  # fmt: skip
def test_what_is_read_back_of_two_alike(change: Change) -> None:
    now = _two_alike()
    options = iter(("each", "whole"))

    def draw(strategy: Any) -> Any:
        """The fields in their order; else the last of what may be."""
        names = [*strategy.elements]
        return next(options) if "each" in names else names[-1]

    read_back(now, lambda: change(now, draw))


def test_what_is_read_back_where_a_list_is_called_as_a_number_was() -> None:
    now = _two_alike()
    now.records = {name: record(kind="甲类", amount=3) for name in ("a", "b")}
    names = iter(("each", "papers"))
    read_back(now, lambda: labels_change_places(now, lambda _: next(names)))


def test_what_is_derived_of_an_internal_field_before_it_is_committed() -> None:
    """By what is committed readers know the total, which follows from what they see; by what is published not."""
    now = _two_alike()
    assert now.ledger
    del now.records["a"]
    now.figures = {"activities"}
    now.ledger["fields"]["each"]["public"] = False
    total = now.ledger["derived"]["total"]
    total["first"] = ["whole"]
    read_back(now, lambda: total.update(first=FIRST[0]))


def read_back(now: Sources, change: Callable[[], None]) -> None:
    """Publish, change, and compare what is read back of the edition with the site that it was made from."""
    with TemporaryDirectory(prefix="archive-") as folder:
        root, out, trial = (Path(folder, one) for one in ("site", "www", "trial"))
        root.mkdir()
        then = now.write(root)
        public = publish(then, out)
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "示例")
        change()
        today = now.write(root)
        former = read_former(today.archive, out, "示例", head(root), AS_OF, Read())
        shown = {id_: one.exact for id_, one in public.values.items() if one.exact is not None}
        assert (former.values, former.figures) == (shown, then.archive.figures)
        rules = [one.figure.counted for site in (then, today) for one in site.values.values()]
        counted = {rule.collection for rule in rules if rule}
        assert former.records.keys() == counted & today.archive.collections.keys()
        for name in former.records:
            rows_are_known(former, then, name)
            records_are_known(former, then, name)
        # What is published before it is committed is as it is today.
        publish(today, trial)
        former = read_former(today.archive, trial, "示例", head(root), AS_OF, Read())
        for name in former.records:
            rows_are_known(former, today, name)


def rows_are_known(former: FormerEdition, then: Site, name: str) -> None:
    """Compare what an edition is known to have shown of a ledger with the site that it was made from."""
    ledger = then.archive.collections[name].ledger
    assert ledger
    shown = public_records(then)[name]
    seen = [one for one in former.records[name] if (name, one.id) in former.public]
    assert said(seen, ledger.public_names) == said(shown, ledger.public_names)
    if shown:
        unshown = {one for there, one in former.unshown if there == name}
        assert {*ledger.fields, *ledger.derived} - ledger.public_names <= unshown
        assert not unshown & ledger.public_names


def records_are_known(former: FormerEdition, then: Site, name: str) -> None:
    """Compare what is known of all records, and what they make, with the site that the edition was made from."""
    ledger = then.archive.collections[name].ledger
    assert ledger
    own = [*ledger.fields, *ledger.derived]
    assert said(former.records[name], own) == said(then.archive.records[name], own)
    for id_, number in former.values.items():
        rule = former.figures[id_].counted
        if rule and rule.collection == name:
            there = select(rule, former.figures[id_].period, former.records[name])
            assert count_records(rule, there) == number


def said(records: list[Record[Model]], names: Collection[str]) -> Counter[str]:
    """What these fields say, record by record; of a list what is shown."""

    def shown(value: Any) -> Any:
        return without_attachments(value) if isinstance(value, tuple) else value

    return Counter(
        repr([(name, shown(getattr(one.data, name))) for name in sorted(names)]) for one in records
    )
