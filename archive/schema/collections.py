"""The collections there are, and what can be counted of their records."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from archive.schema.allowed import Allowed
from archive.schema.criteria import Criterion
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.kinds import Kinds, KindsFile, bound
from archive.schema.ledgers import Ledger
from archive.schema.measures import Task
from archive.schema.register import MARK, Indicator, Observation
from archive.schema.signoffs import SignOff
from archive.schema.synonyms import Synonyms
from archive.schema.types import Model
from archive.schema.unit import Phrase, Unit


@dataclass(frozen=True, slots=True)
class Total:
    """A column of a page's totals: a field summed (else records counted) where a field has a value."""

    label: str
    unit: str
    sums: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)


RECORD = "record"
"""What a form for records asks first: the record that it changes, with the commit that the answers are from."""
GROUPS = ("group", "mapping")
"""The shapes of a value that has fields of its own."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Records of one kind: one file each under data/<name>/."""

    label: str
    model: type[Model]
    derived: Mapping[str, str]
    """What can be counted of a record beside its fields: property → label."""
    columns: tuple[str, ...]
    """What a page's table shows of a record, in this order."""
    bounded: bool = True
    """Whether a record must lie in the archive's period; what is older may still hold."""
    totals: tuple[Total, ...] = ()
    """What a page sums up year by year."""
    only: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Fields that are filled in where another field has one of these values, and there alone."""
    event: tuple[str, ...] = ()
    """The fields that two records of one event have alike beside the date; empty where rules of its
    own say what is recorded once."""
    how: Mapping[str, str] = field(default_factory=dict)
    """How what is derived comes about: property → a sentence."""
    ledger: Ledger | None = None
    """What describes it, if it is a ledger: further rules are said there."""

    @property
    def labels(self) -> Mapping[str, str]:
        """The Chinese label of every field and derived value, by its name."""
        return {name: one.label for name, one in fields(self.model).items()} | dict(self.derived)

    def label_of(self, name: str) -> str:
        """The Chinese label of a field or derived value."""
        known = fields(self.model)
        return self.derived.get(name) or (known[name].label if name in known else name)

    @property
    def named_by(self) -> str:
        """The field by which people know a record: its title, else its first text or choice."""
        known = fields(self.model)
        plain = [name for name, one in known.items() if one.value.shape in ("text", "choice")]
        return "title" if "title" in known else next(iter(plain), next(iter(known)))

    @property
    def has_form(self) -> bool:
        """Whether a form can ask for a record: none of its groups of fields must be filled in."""
        groups = [one for one in fields(self.model).values() if one.value.shape in GROUPS]
        return not any(one.must_be_filled for one in groups)

    def called(self, name: str) -> str:
        """What messages call a field: its name and label."""
        return f"{name}（{self.label_of(name)}）"

    def countable(self) -> list[str]:
        """Names a figure may count by: the fields, and what is derived from them."""
        return [*fields(self.model), *self.derived]

    def numbers(self) -> list[str]:
        """Those of them that are numbers, so that they can be summed."""
        described = fields(self.model).values()
        return [one.name for one in described if one.value.is_number] + [*self.derived]


BUILT_IN: Mapping[str, Collection] = {
    "honours": Collection(
        "荣誉",
        Honour,
        {},
        ("date", "title", "recipient", "level", "body"),
        bounded=False,
        event=("recipient",),  # and the title with its prefix
    ),
    "measures": Collection(
        "下一步任务",
        Task,
        {},
        ("measure", "title", "office", "due", "state", "evidence"),
        bounded=False,
    ),
    "reviews": Collection(
        "发布审签",
        SignOff,
        {},
        ("date", "stage", "by", "edition", "release", "evidence", "commit"),
        bounded=False,
    ),
}
"""What every archive records, after the ledgers."""


def with_kinds(collections: Mapping[str, Collection], kinds: Kinds) -> dict[str, Collection]:
    """Return the collections with models that take the labels of the lists of kinds."""
    return {name: replace(one, model=bound(one.model, kinds)) for name, one in collections.items()}


@dataclass(frozen=True, slots=True)
class SingleFile:
    """What data/ holds in one file: entries by id, a list of entries, or the fields of one model."""

    label: str
    model: type[Model]
    entry: str = ""
    """What messages call an entry; empty where the file is one."""
    ids: re.Pattern[str] | None = None
    """What the ids of its entries are like; None where they have none."""
    between: str = ""
    """What messages call the mark between the words of an id."""
    others: Mapping[str, type[Model]] = field(default_factory=dict)
    """Sign in an id → the model of the entries whose ids have it."""
    optional: bool = False
    """Whether the file need not be there."""


LONGEST_ID = 60
"""Characters of an id: the page of an indicator is a file, and a folder of the site, of that name."""
_MORE = f"{{0,{LONGEST_ID - 1}}}"
FIGURE_ID = re.compile(
    rf"[a-z\u4e00-\u9fff][a-z0-9_\u4e00-\u9fff]{_MORE}(?:{MARK}[0-9A-Za-z\u4e00-\u9fff_.-]+)?"
)
"""An indicator, or one of its observations: indicator@reference period."""
CRITERION_ID = re.compile(rf"[a-z\u4e00-\u9fff][a-z0-9\u4e00-\u9fff-]{_MORE}")

SINGLE: Mapping[str, SingleFile] = {
    "unit": SingleFile("名称和设置", Unit),
    "figures": SingleFile("指标登记", Indicator, "指标", FIGURE_ID, "下划线", {MARK: Observation}),
    "kinds": SingleFile("类别", KindsFile),
    "phrases": SingleFile("固定用语", Phrase, "用语"),
    "synonyms": SingleFile("同义词", Synonyms, "同义词", optional=True),
    "criteria": SingleFile("考评项目", Criterion, "项目", CRITERION_ID, "短横"),
    "allowed": SingleFile("可以公开的例外", Allowed, "例外", optional=True),
}
"""Everything in data/ that is no collection: name of the file → what it holds."""
