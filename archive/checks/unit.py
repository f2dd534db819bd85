"""Rules for data/unit.yml."""

from collections.abc import Iterator

from archive.site import Site
from archive.source import Problem


def span_runs_forward(site: Site) -> Iterator[Problem]:
    """The archive's period must not end before it starts."""
    unit = site.archive.unit
    if unit and unit.record_period.start and unit.record_period.end:
        start, end = unit.record_period.start, unit.record_period.end
        if start > end:
            yield site.archive.problem(
                "unit",
                ("record_period", "end"),
                f"record_period.end（截止日）须不早于起始日 {start}，现为 {end}",
            )


def repository_is_whole(site: Site) -> Iterator[Problem]:
    """The repository is given whole, forge, address and branch, or not at all."""
    unit = site.archive.unit
    if not unit:
        return
    given = unit.repository.model_dump()
    empty = [name for name, value in given.items() if value is None]
    if empty and len(empty) < len(given):
        yield site.archive.problem(
            "unit",
            ("repository", empty[0]),
            f"repository 三项须都填或都空，{'、'.join(empty)} 现为空",
        )
