"""A small site that has something of each kind that is not public, each marked as the guide teaches."""

from tests.samples.collections import LEDGER_FILES
from tests.samples.examples import HERO_TEXT, HONOUR, PERSON
from tests.samples.honours import CIVILISED, LEVEL
from tests.samples.measures import NEXT, SECTIONS, TASK
from tests.samples.observations import VISITS, observed
from tests.samples.regulations import DRAFT, RECORDED
from tests.samples.sample import CRITERIA, EXAMPLE, FILES, RECORD, REGULATION

Changes = dict[str, str | bytes | None]


def page(title: str, body: str, more: str = "") -> str:
    """A page of docs/."""
    return f"---\ntitle: {title}\n{more}---\n\n# {title}\n\n{body}\n"


_INTERNAL = "disclosure: 内部\n"
_SIGNED = "  prepared: {by: 甲, date: 2026-01-05}\n"
_NAV = """\
site_name: 样例
nav:
  - index.md
  - glance.md
  - 报告:
      - report/overview.md
      - report/part-1.md
      - report/next.md
      - report/inner.md
      - report/full.md
      - report/index.md
      - report/compared.md
      - measures/index.md
  - 往年:
      - report/2025/summary.md
      - report/2024/summary.md
      - report/secret/summary.md
  - 内部:
      - guide/index.md
      - criteria/index.md
      - topics.md
  - 制度:
      - regulations/index.md
      - regulations/leave.md
      - regulations/going-out.md
      - regulations/closed.md
      - regulations/changes.md
  - 荣誉: honours/index.md
  - 事例:
      - examples/index.md
      - examples/hero.md
      - examples/closed.md
  - 台账:
      - records/index.md
      - records/volunteering.md
      - records/activities.md
      - records/community.md
      - records/download.md
  - 指标: figures/index.md
docs_dir: rendered
"""


def report(title: str, year: str, path: str) -> str:
    """A report of a year with one page."""
    return (
        f"title: {title}\nkind: 年度总结\nperiod: {{start: {year}-01-01, end: {year}-12-31}}\n"
        f"state: 起草\nnote: 另存\npages: [{{page: {path}}}]\n"
    )


_COUNTED = FILES["data/figures.yml"].partition("visited:")[0]
_ACTIVITIES = _COUNTED.replace("complete_through:", "complete_through: 2025-12-31").replace(
    "  prepared:\n    by:\n    date:\n", _SIGNED
)
_HIDDEN = (
    VISITS.replace("visits:", "secret_visits:")
    .replace("接待来访", "接待专访")
    .replace("disclosure: 公开", "disclosure: 内部")
    .replace("note:", "note: 保密")
)
_PUBLISHED = (
    _COUNTED.replace("activities:", "briefs:")
    .replace("开展活动", "编发简报")
    .replace("三年来开展的志愿活动", "三年来编发的简报")
    .replace("disclosure: 公开", "disclosure: 内部")
    .replace("collection: volunteering", "collection: publications")
    .replace("按活动计数", "按份计数")
)


def _records() -> Changes:
    """Ten activities and two that are internal, lectures of which one is, and a ledger whose page is internal."""
    found: Changes = {"data/volunteering/2024/20240305-a.yml": None}
    for month in range(1, 13):
        text = RECORD.replace("2024-03-05", f"2024-{month:02d}-05").replace(
            "participants: 12", f"participants: {20 + month}"
        )
        text = text.replace("services: 30", f"services: {20 + month}")
        if month > 10:
            text += f"{_INTERNAL}note: 保密\n"
        found[f"data/volunteering/2024/v{month:02d}.yml"] = text
    for month in (4, 5, 6, 7):
        found[f"data/activities/2025/a{month}.yml"] = (
            f"date: 2025-0{month}-02\nkind: 讲座\ntitle: 讲座{month}\nplace: 会议室\nparticipants: 40\n"
            "result: 好\norganiser: 办公室\nsource: 签到表\nevidence: []\nrecorder: 办公室\nreviewer: 主任\n"
            f"{_INTERNAL if month == 7 else ''}"
        )
        found[f"data/community/2025/c{month}.yml"] = (
            f"date: 2025-0{month}-02\nkind: 双报到\ntitle: 报到{month}\npartner: 社区\nparticipants: 40\n"
            "source: 签到表\nevidence: []\nrecorder: 办公室\nreviewer:\n"
        )
    return found


_RULES = REGULATION.replace("    summary: 增加一条\n", f"    summary: 增加一条\n{RECORDED}")

SITE: Changes = {
    "mkdocs.yml": _NAV,
    "data/unit.yml": FILES["data/unit.yml"].replace("names:", "least_people: 5\nnames:").replace(
        "value:\n", "value: 样例市\n    disclosure: 公开\n"
    )
    + LEVEL.replace("value:", "value: 某某级")
    + PERSON,
    "data/figures.yml": _ACTIVITIES
    + VISITS
    + observed(y2024=30, y2025=40)
    + _HIDDEN
    + observed(y2024=50, y2025=60).replace("visits@", "secret_visits@")
    + _PUBLISHED,
    "data/ledgers/volunteering.yml": LEDGER_FILES["data/ledgers/volunteering.yml"].replace(
        "key: [title]",
        "  secret: {label: 秘密字段, type: 选择, choices: [甲, 乙], need: 可以不写, public: false}\nkey: [title]",
    ),
    "data/synonyms.yml": "- words: [志愿服务, 义工]\n- {words: [接待, 信访], disclosure: 内部}\n",
    "data/phrases.yml": FILES["data/phrases.yml"].replace("note:", "note: 出处"),
    "data/criteria.yml": CRITERIA,
    "data/reports/summary.yml": FILES["data/reports/summary.yml"]
    + "  - page: report/next.md\n  - page: report/inner.md\nnext_steps: report/next.md\nnote: 另存\n",
    "data/reports/2025.yml": report("总结", "2025", "report/2025/summary.md"),
    "data/reports/2024.yml": report("上年总结", "2024", "report/2024/summary.md"),
    "data/reports/secret.yml": report("秘密总结", "2023", "report/secret/summary.md"),
    "data/measures/task.yml": TASK,
    "data/honours/civilised.yml": CIVILISED + "note: 奖牌\n",
    "data/honours/smoke.yml": HONOUR,
    "data/honours/secret.yml": HONOUR.replace("无烟党政机关", "秘密奖") + _INTERNAL,
    **_records(),
    "docs/index.md": page(
        "首页",
        "见[报告](report/part-1.md#planning)、[内页](report/inner.md#inner)、[指南](guide/index.md)。\n\n"
        '来访{{ fig("visits", period="2025") }}、{{ fig("secret_visits", period="2025") }}，活动{{ fig("activities") }}。\n\n'
        '内情{{ fig("visits", period="2024") }}、[附件](files/inner.txt)[^1]。 <!-- 内部 -->\n\n[^1]: 内注',
    ),
    "docs/glance.md": page("一图", "{{ glance() }}"),
    "docs/files/inner.txt": "内情\n",
    "docs/files/plain.txt": "公开\n",
    "docs/guide/index.md": page("指南", "内情。"),
    "docs/criteria/index.md": page("项目", "{{ criteria() }}"),
    "docs/topics.md": page("主题", "{{ topics() }}"),
    "docs/measures/index.md": page("任务", "{{ measures() }}"),
    "docs/report/full.md": "---\ntitle: 全文\n---\n\n{{ report(\"summary\") }}\n",
    "docs/report/index.md": page("各报告", "{{ reports() }}"),
    "docs/report/compared.md": page("相比", '{{ compared("2024", "2025") }}'),
    NEXT: "---\ntitle: 下一步\n---\n\n# 下一步\n\n" + "\n".join(SECTIONS),
    "docs/report/inner.md": page(
        "内页", '## 内情 { #inner }\n\n来访{{ fig("visits", period="2025") }}，{{ fig("secret_visits", period="2024") }}，简报{{ fig("briefs") }}。', _INTERNAL
    ),
    "docs/report/part-1.md": (
        "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n"
        '开展活动{{ fig("activities") }}，获{{ honours("civilised", "secret") }}。\n\n'
        "落实[制度](../regulations/closed.md)、[附件](../files/plain.txt)。\n\n"
        '来访{{ fig("secret_visits", period="2024") }}。 <!-- 内部 -->\n'
    ),
    "docs/report/2025/summary.md": page(
        "总结", '## 一年 { #year }\n\n来访{{ fig("visits") }}，{{ change("visits") }}，活动{{ fig("activities") }}。'
    ),
    "docs/report/2024/summary.md": page("上年总结", '## 上年 { #last }\n\n来访{{ fig("visits") }}。'),
    "docs/report/secret/summary.md": page(
        "秘密总结", '## 秘密 { #year }\n\n来访{{ fig("visits") }}，活动{{ fig("activities") }}。', _INTERNAL
    ),
    "docs/regulations/index.md": page("制度", "{{ regulations() }}"),
    "docs/regulations/changes.md": page("变动", "{{ regulation_changes() }}\n\n{{ regulation_reviews() }}"),
    "docs/regulations/leave.md": _RULES,
    "docs/regulations/going-out.md": DRAFT,
    "docs/regulations/closed.md": REGULATION.replace("请销假制度", "保密制度").replace(
        "title:", f"{_INTERNAL}title:", 1
    ).replace("4号", "5号"),
    "docs/honours/index.md": page("荣誉", "{{ honour_list() }}"),
    "docs/examples/index.md": page("事例", "{{ examples() }}"),
    "docs/examples/hero.md": HERO_TEXT,
    "docs/examples/closed.md": EXAMPLE.replace("title: ", f"{_INTERNAL}title: 内部", 1).replace("# 提", "# 内部提"),
    "docs/records/index.md": page("台账", "{{ collections() }}"),
    "docs/records/volunteering.md": page("志愿", '{{ records("volunteering") }}'),
    "docs/records/activities.md": page("活动", '{{ records("activities") }}'),
    "docs/records/community.md": page("共建", '{{ records("community") }}', _INTERNAL),
    "docs/records/download.md": page("下载", "{{ downloads() }}"),
}  # fmt: skip
