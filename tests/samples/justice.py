"""The archive of 示例市司法局, begun by the program as any neighbour's: not the shape of ours in anything.

Seven parts and an ending without numbers, two years of reports, kinds of its own, one ledger of its own, some
of ours with two left out. What stands here is all invented.
"""

from datetime import date
from pathlib import Path

from archive.editing import starter
from archive.facts.project import Project
from tests.samples.petitions import made
from tests.samples.sample import REGULATION

AS_OF = date(2026, 3, 1)
NAME, TITLE = "示例市司法局", "示例市司法局年度档案"
LEFT_OUT = ("publications", "enterprise_services")
"""The ledgers of ours that it does without."""
YEARS = (2024, 2025)

PARTS = ("依法行政", "人民调解", "公共法律服务", "社区矫正", "法治宣传", "队伍", "保障")

MEDIATION = """\
label: 人民调解
record: 一次调解；当事人不写姓名
order: 1
fields:
  date: {label: 日期, type: 日期}
  kind: {label: 纠纷类型, type: 选择, choices: [邻里, 婚姻家庭, 劳动争议, 其他]}
  settled: {label: 是否达成协议, type: 是否}
  people: {label: 参加调解, type: 整数, people: true, unit: 人}
  office: {label: 调解组织, type: 文字, example: 示例街道调解委员会}
totals:
  - {label: 调解, unit: 件}
  - {label: 达成协议, unit: 件, where: {settled: true}}
"""

KINDS = """\
honour_levels: [部级, 省级, 市级]
honour_recipients: [集体, 个人]
regulation_categories: [行政管理, 法律服务]
measures:
  - {label: 夯实基层, anchor: grassroots}
task_states:
  - 在办
  - {label: 办结, role: done}
evidence_kinds:
  - {label: 自述, role: statement}
  - {label: 文件, role: document}
  - {label: 照片, role: picture}
  - 台账
example_kinds: [人物, 案例]
example_sections:
  - {label: 起因, anchor: cause}
  - {label: 经过, anchor: course}
phrase_kinds: [专名]
"""

HONOUR = """\
title: 模范调解集体
recipient: 集体
level: 省级
body: 某厅
date: 2024-05-20
basis: 某决定
certificate:
term: 一次性
term_end:
"""


REGISTER = f"""\
mediations:
  name: 调解纠纷
  unit: 件
  mask: "***"
  definition: 各调解组织调解的纠纷
  method: 按调解的记录计数
  counted: {{collection: mediation, measure: count}}
  period: {{kind: 时期, start: {YEARS[-1]}-01-01, end: {YEARS[-1]}-12-31}}
  source: 调解登记簿
  office: 示例科
  decimals: 0
  disclosure: 公开
  complete_through: {YEARS[-1]}-12-31
  prepared: {{by: 示例填报岗, date: 2026-01-08}}
  reviewed: {{by: 示例审核岗, date: 2026-01-12}}
  approved:
    by:
    date:
  note:
"""


def _reports() -> dict[str, str]:
    """The reports of both years: their descriptions and pages."""
    found: dict[str, str] = {}
    for year in YEARS:
        pages = [f"report/{year}/{number}.md" for number in range(1, 8)]
        ending = f"report/{year}/ending.md"
        found[f"data/reports/{year}.yml"] = (
            f"title: {year}年度工作报告\nkind: 年度总结\n"
            f"period: {{start: {year}-01-01, end: {year}-12-31}}\nstate: 起草\n"
            + "pages:\n"
            + "".join(f"  - {{page: {page}, icon: 盾}}\n" for page in [*pages, ending])
            + f"next_steps: {ending}\n"
        )
        for number, (page, title) in enumerate(zip(pages, PARTS, strict=True), 1):
            said = '全年调解纠纷{{ fig("mediations") }}。' if number == 2 else "按期完成。"
            said += '获评{{ honours("model") }}。' if number == 6 else ""
            found[f"docs/{page}"] = (
                f"---\ntitle: {title}（{year}年）\n---\n\n# {title}\n\n"
                f'{{{{ name("bureau") }}}}{said}\n'
            )
        found[f"docs/{ending}"] = (
            f"---\ntitle: 结语（{year}年）\n---\n\n# 结语\n\n## 夯实基层 {{ #grassroots }}\n\n继续做好各项工作。\n"
        )
        found[f"docs/report/{year}/full.md"] = (
            f"---\ntitle: 全文（{year}年）\nsearch:\n  exclude: true\n---\n\n"
            f"# {year}年度工作报告\n\n"
            f'{{{{ report("{year}") }}}}\n'
        )
        found[f"docs/glance/{year}.md"] = (
            f'---\ntitle: 一图读懂（{year}年）\n---\n\n# 一图读懂\n\n{{{{ glance("{year}") }}}}\n'
        )
    return found


def _ledgers() -> dict[str, str]:
    """Its own ledger and those of ours that it keeps, each with its page and records of both years."""
    kept = {
        f"data/ledgers/{name}.yml": path.read_text("utf-8")
        for name, path in starter.LEDGERS.items()
        if name not in LEFT_OUT
    }
    found: dict[str, str] = {}
    for path, text in {**kept, "data/ledgers/mediation.yml": MEDIATION}.items():
        name = Path(path).stem
        collection, records = made(text, name, YEARS)
        page = f"---\ntitle: {collection.label}\n---\n\n# {collection.label}\n\n"
        found |= {path: text, **records}
        found[f"docs/records/{name}.md"] = f'{page}{{{{ records("{name}") }}}}\n'
    return found


def lay_out(root: Path) -> Project:
    """Write the archive into the empty folder `root`."""
    starter.write_archive(root, starter.by_version("0.2.0", f"sha256:{0:064}"), TITLE, NAME)
    nav = "".join(
        f"  - {year}年报告:\n"
        + "".join(f"      - report/{year}/{one}.md\n" for one in [*range(1, 8), "ending", "full"])
        + f"      - glance/{year}.md\n"
        for year in YEARS
    )
    settings = (root / "mkdocs.yml").read_text("utf-8")
    unit = (root / "data/unit.yml").read_text("utf-8")
    files = {
        "mkdocs.yml": settings.replace("  - 考评项目:\n", f"{nav}  - measures/index.md\n  - 考评项目:\n")
        .replace("      - regulations/changes.md\n", "      - regulations/changes.md\n      - regulations/leave.md\n"),
        "data/unit.yml": unit.replace("  start:\n  end:\n", "  start: 2024-01-01\n  end: 2025-12-31\n")
        .replace("least_people:\n", "least_people: 3\n")
        .replace('    mask: "***"\n', '    mask: "***"\n    disclosure: 公开\n'),
        "data/kinds.yml": KINDS,
        "data/figures.yml": REGISTER,
        "data/honours/model.yml": HONOUR,
        "docs/regulations/leave.md": REGULATION,
        "docs/measures/index.md": "---\ntitle: 下一步任务\n---\n\n# 下一步任务\n\n{{ measures() }}\n",
        **_reports(),
        **_ledgers(),
    }  # fmt: skip
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return Project(root, root / "data", AS_OF)
