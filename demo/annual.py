"""Three annual reports of the invented bureau: one in the archive, one reported, one being drafted.

Their pages stand in `reports/`, a folder a year. Those that are reported are sealed by the program's own
functions, as `archive freeze` does, for the day on which they were reported.
"""

import re
import shutil
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from archive.facts.figures import Value
from archive.facts.gather import gather
from archive.facts.project import DOCS, Project
from archive.facts.releases import freeze_register
from archive.facts.reported import DRAFTED, before_revisions, reporting, shown_in_report
from archive.facts.site import Site
from archive.files.own_files import PROGRAM
from archive.files.yaml import read
from demo.volunteering import YEARS
from demo.writing import write

PAGES = Path(__file__).with_name("reports")
KIND = "年度总结"
INDEX, COMPARED = "report/index.md", f"report/{YEARS[-1]}/compared.md"

SEALING = ("reported", "release", "sealed", "corrections")
"""The fields that a report has once it was reported."""

# Year → the state of its report today, and the day on which it was reported, or sent round as a draft.
_STATES = {
    2023: ("存档", date(2024, 1, 19)),
    2024: ("已报送", date(2025, 1, 17)),
    2025: (DRAFTED, date(2026, 2, 6)),
}
# What the report of 2024 set: title, office, due day, state.
_TASKS = (
    ("示例：建立专报选题库", "示例综合科", date(2025, 3, 31), "已完成"),
    ("示例：逐季会商经济形势", "示例综合科", date(2025, 12, 31), "已完成"),
    ("示例：修订志愿服务登记办法", "示例党务", date(2025, 6, 30), "已完成"),
    ("示例：新报表先培训、后布置", "示例办公室", date(2026, 12, 31), "进行中"),
    ("示例：各科室统计人员分批轮训", "示例办公室", date(2025, 11, 28), "未开始"),
)


def fits(base: Path) -> bool:
    """Whether the bureau at `base` has no report of this kind itself, and no pages in the places of these."""
    own = [read(path, "").data for path in (base / "data" / "reports").glob("*.yml")]
    taken = [base / DOCS / f"report/{year}" for year in YEARS]
    return not any(one["kind"] == KIND for one in own) and not any(map(Path.exists, taken))


def write_pages(folder: Path, figures: Container[str], names: Container[str]) -> None:
    """Write the pages of the reports into the archive at `folder`, in its navigation too.

    `figures` holds the ids of what is counted, `names` those of the names: what the bureau has taken out is not spoken of.
    """
    for path in sorted(PAGES.glob("*/*.md")):
        page = folder / DOCS / "report" / path.relative_to(PAGES)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_known(path.read_text("utf-8"), figures, names), "utf-8")
    if not (folder / DOCS / INDEX).exists():
        shutil.copy(PROGRAM / "starter" / DOCS / INDEX, folder / DOCS / INDEX)
    settings = folder / "mkdocs.yml"
    settings.write_text(_with_navigation(settings.read_text("utf-8")), "utf-8")


def _known(text: str, figures: Container[str], names: Container[str]) -> str:
    """The text without the sentences that call what does not exist."""
    ids = {"fig": figures, "change": figures, "name": names}

    def is_known(sentence: str) -> bool:
        calls = re.findall(r'\{\{ (fig|change|name)\("(\w+)"', sentence)
        return all(id_ in ids[macro] for macro, id_ in calls)

    lines = ("".join(filter(is_known, re.split("(?<=。)", line))) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _with_navigation(settings: str) -> str:
    """The text of mkdocs.yml with the reports after that of the bureau; first if it has none."""
    listed = [f"  - {KIND}:\n"]
    if INDEX not in settings:
        listed.append(f"      - {INDEX}\n")
    for year in reversed(YEARS):
        listed.append(f"      - {year}年:\n")
        listed += [f"          - {path}\n" for path in (*_parts(year), f"report/{year}/full.md")]
    listed.append(f"      - {COMPARED}\n")
    heads = [one.start() for one in re.finditer(r"^(?:  - |\w)", settings, re.MULTILINE)]
    heads = heads[heads.index(settings.find("nav:")) + 1 :]
    at = next((head for head in heads if head > settings.find(" report/")), len(settings))
    return settings[:at] + "".join(listed) + settings[at:]


def _parts(year: int) -> list[str]:
    return [f"report/{year}/{name}.md" for name in ("summary", "next")]


def write_data(data: Path) -> None:
    """Write the reports into the data of the archive, not sealed yet, and the tasks that one of them set."""
    for year in YEARS:
        write(data / "reports" / f"{year}.yml", _report(year))
    # The measures are those that the bureau's own tasks name: what there may be is for it to say.
    others = [read(path, "").data for path in sorted((data / "measures").glob("*.yml"))]
    measures = list(dict.fromkeys(task["measure"] for task in others))
    for number, (title, office, due, state) in enumerate(_TASKS if measures else (), 1):
        task = {"report": "2024", "measure": measures[number % len(measures)], "title": title}
        done = ["示例工作小结"] if state == "已完成" else []
        task |= {"office": office, "due": due, "state": state, "evidence": done}
        write(data / "measures" / f"2024-{number:02}.yml", task)


def _report(year: int) -> dict[str, Any]:
    state, day = _STATES[year]
    return {
        "title": f"示例市统计局{year}年度工作总结",
        "kind": KIND,
        "period": {"start": date(year, 1, 1), "end": date(year, 12, 31)},
        "state": state,
        "reported": None if state == DRAFTED else day,
        "pages": [{"page": path} for path in _parts(year)],
        "next_steps": _parts(year)[-1],
    }


def seal(project: Project) -> None:
    """Write a release for each report, and seal those that are reported, as on the day when they were."""
    site = Site(gather(project))
    for year, (state, day) in _STATES.items():
        id_ = f"{year}"
        drafted = state == DRAFTED
        name = f"{id_}年度{'征求意见稿' if drafted else ''}"
        drafts = {key: before_revisions(value, day) for key, value in site.values.items()}
        values = drafts if drafted else dict(_known_then(site, id_))
        release = project.data / "releases" / f"{name}.yml"
        release.parent.mkdir(exist_ok=True)
        release.write_text(freeze_register(values, day, None), "utf-8")
        if not drafted:
            then = replace(site.archive, project=replace(project, as_of=day))
            sealed = reporting(then, site.archive.reports[id_], name) | {"state": state}
            write(project.data / "reports" / f"{id_}.yml", _report(year) | sealed)


def _known_then(site: Site, report: str) -> Iterator[tuple[str, Value]]:
    """Yield key and value of what the register held when a report was reported: no later period or revision."""
    end = site.archive.reports[report].period.end
    for key, now in site.values.items():
        period, counted = now.figure.period, now.figure.counted
        if not (period.end and end and period.end <= end):
            continue
        then = shown_in_report(site, now, report)
        records = then.records
        if counted and counted.measure == "count" and then.exact is not None:
            records = int(then.exact)
        declared = {"complete_through": end} if counted else {}
        yield key, replace(then, records=records, figure=then.figure.model_copy(update=declared))
