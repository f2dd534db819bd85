"""A task and a small site that has it."""

import yaml

from tests.samples.collections import KINDS
from tests.samples.sample import FILES, SUMMARY, report

Changes = dict[str, str | bytes | None]
TASK = "measure: 数据质量\ntitle: 审核数据\noffice:\ndue:\nstate:\nevidence: []\n"
NEXT = "docs/report/next.md"
PAGE = "docs/measures/index.md"
SECTIONS = [
    f"## （一）{one['label']} {{ #{one['anchor']} }}\n\n正文\n"
    for one in yaml.load(KINDS, yaml.CSafeLoader)["measures"]
]
SITE: Changes = {
    SUMMARY: report("report/next.md", next_steps="report/next.md"),
    NEXT: "---\ntitle: 下一步\n---\n\n# 下一步\n\n" + "\n".join(SECTIONS),
    PAGE: "---\ntitle: 任务\n---\n\n# 任务\n\n{{ measures() }}\n",
    "mkdocs.yml": FILES["mkdocs.yml"].replace(
        "      - report/part-1.md\n",
        "      - report/part-1.md\n      - report/next.md\n      - measures/index.md\n",
    ),
}
