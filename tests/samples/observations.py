"""An indicator with observations of several years, for the sample site."""

from tests.samples.sample import FIGURES

PART = "docs/report/part-1.md"

VISITS = """\
visits:
  name: 接待来访
  unit: 人次
  mask: "**"
  definition: 接待的来访人次
  method: 按次计数
  period:
    kind: 时期
  source: 接待登记
  office: 办公室
  decimals: 0
  disclosure: 公开
  note:
"""

YEAR = """\
visits@{year}:
  value: {value}
  prepared:
    by: 办公室
    date: {next}-01-05
"""


def observed(**values: int) -> str:
    """The entries of `visits` for years: y2024=30."""
    years = ((int(name[1:]), value) for name, value in values.items())
    return "".join(YEAR.format(year=year, value=value, next=year + 1) for year, value in years)


def with_visits(observations: str, line: str = "", visits: str = VISITS) -> dict[str, str]:
    """Changes of the sample: the indicator `visits` with these entries, and a line that shows it."""
    shown = line or '接待来访{{ fig("visits", period="2025") }}。'
    page = (
        "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n"
        f'开展活动{{{{ fig("activities") }}}}，走访居民{{{{ fig("visited") }}}}。{shown}\n'
    )
    return {"data/figures.yml": FIGURES + visits + observations, PART: page}
