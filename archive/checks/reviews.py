"""Rules for the signatures before a publication: three stages, one after the other, by different posts.

Whether a publication has them all is asked when it is published: see `archive.reviews`.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from archive.facts.reviews import signatures, stages
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.reviews import STAGES


def stages_are_signed_once(site: Site) -> Iterator[Problem]:
    """Each stage of a publication is signed once."""
    for wanted, records in signatures(site.archive).items():
        for first, again in pairwise(records):
            if first.data.stage == again.data.stage:
                message = f"{wanted}，{again.data.stage}须只签一次，已见 {first.path}"
                yield site.archive.record_problem(again, message, "stage")


def stages_follow_each_other(site: Site) -> Iterator[Problem]:
    """A stage is signed after the one before it, on the same day or later."""
    for wanted, records in signatures(site.archive).items():
        signed = stages(records)
        for record in records:
            for before in STAGES[: STAGES.index(record.data.stage)]:
                if before not in signed:
                    message = f"{record.data.stage}须在{before}之后，{wanted}还没有{before}"
                    yield site.archive.record_problem(record, message, "stage")
        for first, second in pairwise(records):
            if second.data.date < first.data.date:
                rule = f"须不早于{first.data.stage}的 {first.data.date}，现为 {second.data.date}"
                yield site.archive.record_problem(second, f"date（签字日期）{rule}", "date")


def stages_are_signed_by_different_posts(site: Site) -> Iterator[Problem]:
    """Nobody reviews what the same post has signed before."""
    for records in signatures(site.archive).values():
        for first, second in combinations(records, 2):
            if first.data.by == second.data.by and first.data.stage != second.data.stage:
                rule = f"须与{first.data.stage}的不同，现在都是“{second.data.by}”"
                yield site.archive.record_problem(second, f"by（签字岗位）{rule}", "by")


def releases_signed_for_are_there(site: Site) -> Iterator[Problem]:
    """The occasion whose figures are published is one that was reported."""
    known = site.archive.files.get("releases", [])
    ids = [file.partition("/")[2].removesuffix(".yml") for file in known]
    for record in site.archive.records["reviews"]:
        name = record.data.release
        if name is not None and name not in ids:
            message = f"release（报送名称）须是已有的报送，没有 {name}{suggestion(name, ids)}"
            yield site.archive.record_problem(record, message, "release")
