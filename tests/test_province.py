"""The sum over bureaus, from what the sites of three of them offer for download."""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import yaml

from archive.build.downloads import write_downloads
from tests.samples.frozen import ROOT
from tests.samples.sample import FIGURES, RECORD, read

ACTIVITIES = FIGURES[: FIGURES.index("visited:")]
COMPLETE = ACTIVITIES.replace("complete_through:", "complete_through: 2025-12-31")
HOURS = (
    COMPLETE.replace("activities:", "hours:")
    .replace("开展活动", "服务时长")
    .replace("measure: count", "measure: sum\n    field: hours")
    .replace("unit: 次", "unit: 小时")
    .replace("decimals: 0", "decimals: 1")
)
VISITED = FIGURES[FIGURES.index("visited:") :].replace("value:", "value: 96", 1)
SHORT = RECORD.replace("2024-03-05", "2023-01-01").replace("hours_each: 2.5", "hours_total: 30.5")
"""A second record."""


LEFT_OUT = "须有 figures.csv，合于 datapackage.json 里的校验值，现在不是；没有计入，请重新取这个单位的 download 目录"
SUMS = """\
指标编号,参照期,指标名称,计量单位,合计,计入的单位数,没有数的单位,起始日,截止日,口径
activities,2023-2025,开展活动,次,3,2,丙局,2023-01-01,2025-12-31,三年来开展的志愿活动
hours,2023-2025,服务时长,小时,60.5,1,,2023-01-01,2025-12-31,全部志愿活动
hours,2023-2025,服务时长,小时,90.5,2,,2023-01-01,2025-12-31,三年来开展的志愿活动
"""


def bureau(folder: Path, figures: str, *more: str) -> Path:
    records = {f"data/volunteering/2023/20230101-{n}.yml": text for n, text in enumerate(more)}
    site = read(folder / "sources", {"data/figures.yml": f"{figures}{VISITED}", **records})
    write_downloads(site, folder / "site", "样例")
    return (folder / "site" / "download").rename(folder / folder.name)


def summed(*folders: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, (ROOT / "setup" / "province.py", *folders))]
    return subprocess.run(command, capture_output=True, encoding="utf-8-sig", check=False)


def test_the_sum_of_three_bureaus(tmp_path: Path) -> None:
    folders = (
        bureau(tmp_path / "甲局", COMPLETE + HOURS),
        bureau(tmp_path / "乙局", COMPLETE + HOURS, SHORT),
        bureau(tmp_path / "丙局", ACTIVITIES + HOURS.replace("三年来开展的", "全部"), SHORT),
    )
    done = summed(*folders)
    assert (done.stderr, done.stdout) == ("", SUMS)
    (folders[1] / "figures.csv").write_bytes(b"")
    done, others = summed(*folders), summed(folders[0], folders[2])
    assert (done.returncode, done.stdout) == (1, others.stdout)
    assert done.stderr == f"{folders[1]} {LEFT_OUT}\n"


def described(folder: Path, text: str) -> None:
    """A bureau's table with another text, which its description knows."""
    file, about = folder / "figures.csv", folder / "datapackage.json"
    before = sha256(file.read_bytes()).hexdigest()
    file.write_bytes(text.encode("utf-8-sig"))
    after = sha256(file.read_bytes()).hexdigest()
    about.write_text(about.read_text("utf-8").replace(before, after), "utf-8")


def test_whatever_one_bureau_sends_the_others_are_summed(tmp_path: Path) -> None:
    sent = {name: bureau(tmp_path / name, COMPLETE) for name in ("*局", "甲局", "乙局", "丙局")}
    text = (sent["甲局"] / "figures.csv").read_text("utf-8-sig")
    head, first, *others = text.splitlines(keepends=True)
    (sent["甲局"] / "datapackage.json").write_text("[" * 100_000, "utf-8")
    described(sent["乙局"], f"{text}{first}")  # which would count as two bureaus
    described(sent["丙局"], "".join([head.replace(",口径", ",filename"), first, *others]))
    done = summed(*sent.values())
    faulty = [folder for name, folder in sent.items() if name != "*局"]
    assert done.stderr == "".join(f"{folder} {LEFT_OUT}\n" for folder in faulty)
    assert (done.returncode, done.stdout) == (1, summed(sent["*局"]).stdout)
    assert done.stdout.splitlines()[1].split(",")[4:6] == ["1", "1"]


def test_what_a_bureau_sends_is_its_own_file_and_nothing_that_is_computed(tmp_path: Path) -> None:
    folder = bureau(tmp_path / "甲局", COMPLETE)
    file, about = folder / "figures.csv", folder / "datapackage.json"
    (tmp_path / "b.csv").write_bytes(file.read_bytes())
    described(folder, file.read_text("utf-8-sig").replace("开展活动", "\u3000=1+1"))
    about.write_text(about.read_text("utf-8").replace('"figures.csv"', '"../b.csv"'), "utf-8")
    done = summed(folder)
    assert done.stderr == ""
    (row,) = done.stdout.splitlines()[1:]
    assert row.split(",")[:4] == ["activities", "2023-2025", "'\u3000=1+1", "次"]


def test_the_workflow_of_the_guide_uses_what_we_use() -> None:
    guide = (ROOT / "archive" / "guide" / "maintainer.md").read_text("utf-8")
    text = guide.partition("{ #province }")[2].partition("```yaml\n")[2].partition("```")[0]
    jobs = yaml.safe_load(text)["jobs"]
    used = {step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step}
    check = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    ours = set(re.findall(r"uses: (\S+)", check))
    assert {one.partition("@")[0] for one in used - ours} == {"actions/download-artifact"}
    pins = (ROOT / "requirements-dev.txt").read_text("utf-8")
    assert re.findall(r"duckdb==[\d.]+", text) == re.findall(r"duckdb==[\d.]+", pins)
    assert "python3 province.py bureaus/*" in text
