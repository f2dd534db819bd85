"""The macros of the stock site, as people used to MkDocs write them: read, count, print."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from recorded import read, read_once  # type: ignore[import-not-found]  # beside this file in a site

COLUMNS = {
    "date": "日期",
    "title": "活动名称",
    "kind": "类别",
    "place": "地点",
    "participants": "参加人数",
    "hours": "服务时长",
    "services": "服务人次",
    "organiser": "组织科室",
}


def define_env(env: Any) -> None:
    """Read all data, count, and register the macros."""
    root = Path(env.project_dir)
    # Zensical executes this file for every page, but imports others once.
    found = read_once(root) if "zensical" in sys.modules else read(root)
    names, figures, reports, records, places = found

    def to_root() -> str:
        parts = str(env.page.url).strip("/").split("/")
        return "../" * len([part for part in parts if part])

    def fig(id_: str) -> str:
        return print_figure(id_, figures[id_], to_root())

    def name(id_: str) -> str:
        return escape(names[id_]).replace("*", "&#42;")

    def report(id_: str) -> str:
        parts = [body(root / "docs" / page) for page in reports[id_]]
        parts[1:] = [re.sub(r"^#", "##", part, flags=re.MULTILINE) for part in parts[1:]]
        return str(jinja2.Template("\n\n".join(parts)).render(fig=fig, name=name))

    macros: tuple[Callable[..., str], ...] = (fig, name, report)
    for macro in macros:
        env.macro(macro)
    env.macro(lambda collection: print_records(records), "table")
    env.macro(lambda collection: print_records(records), "records")
    env.macro(lambda: print_register(figures, places, to_root()), "register")
    env.macro(lambda: print_states(figures, to_root()), "states")


def body(path: Path) -> str:
    """The text of a page without its front matter."""
    return path.read_text("utf-8").split("---\n", 2)[2].strip()


def print_figure(id_: str, figure: dict[str, Any], root: str) -> str:
    """Number and unit as an HTML link to the register, with a tooltip that explains them."""
    period = figure["period"]
    tooltip = "&#10;".join(
        escape(line)
        for line in (
            figure["name"],
            f"口径：{figure['definition']}",
            f"{period['kind']}：{print_period(period)}",
            f"来源：{figure['source']}",
            f"状态：{figure['state']}",
        )
    )
    shown = f"{figure['number']}{figure['unit']}".replace("*", "&#42;")
    return f'<a class="fig" href="{root}figures/#{id_}" title="{tooltip}">{shown}</a>'


def print_period(period: dict[str, Any]) -> str:
    """A period or a day as Chinese text."""
    days = [
        f"{day.year}年{day.month}月{day.day}日" for day in (period["start"], period["end"]) if day
    ]
    return "至".join(days)


def print_register(figures: dict[str, Any], places: dict[str, Any], root: str) -> str:
    """Every figure with its fields as Markdown, grouped by the first page that shows it."""
    parts, group = [], ""
    for id_, figure in figures.items():
        standing = places.get(id_) or [("", "未用于页面")]
        title = standing[0][1].partition(" · ")[0]
        if title != group:
            parts.append(f"## {title}")
            group = title
        links = (f'<a href="{root}{to}">{escape(shown)}</a>' for to, shown in standing)
        parts += [f"### {figure['name']} {{ #{id_} }}", print_entry(figure, "；".join(links))]
    return "\n\n".join(parts)


def print_entry(figure: dict[str, Any], links: str) -> str:
    """One figure of the register as an HTML table."""
    signed = {
        label: f"{figure[step]['by']}，{figure[step]['date']}" if figure[step]["by"] else "待补"
        for label, step in (("填报", "prepared"), ("审核", "reviewed"), ("核定", "approved"))
    }
    cells = {
        "数值": f"{figure['number']}{figure['unit']}",
        "状态": f'<strong class="state">{figure["state"]}</strong>',
        "计量单位": figure["unit"],
        figure["period"]["kind"]: print_period(figure["period"]),
        "口径": figure["definition"],
        "计算方法": figure["method"],
        "数据来源": figure["source"],
        "责任科室": figure["office"],
        **signed,
        "修约规则": f"保留 {figure['decimals']} 位小数，四舍六入五成双（GB/T 8170）",
        "公开属性": figure["disclosure"],
        "备注": figure["note"] or "无",
        "所在位置": links,
    }
    rows = (f'<tr><th scope="row">{k}</th><td>{v}</td></tr>' for k, v in cells.items())
    return f'<table class="entry"><tbody>{"".join(rows)}</tbody></table>'


def print_states(figures: dict[str, Any], root: str) -> str:
    """A Markdown table of the number of figures in each state."""
    counts = Counter(figure["state"] for figure in figures.values())
    rows = [
        f"| {state} | {counts[state]} |" for state in ("核定", "已修订", "初步", "未填报", "停用")
    ]
    total = f'| 合计 | <a href="{root}figures/">{len(figures)}</a> |'
    return "\n".join(["| 状态 | 指标数 |", "|---|---|", *rows, total])


def print_records(records: list[dict[str, Any]]) -> str:
    """The latest hundred records as an HTML table."""
    head = "".join(f'<th scope="col">{label}</th>' for label in COLUMNS.values())
    rows = (
        "".join(f"<td>{escape(str(record[column]))}</td>" for column in COLUMNS)
        for record in records[:100]
    )
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f"共 {len(records)} 条，以下为最近 100 条。\n\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>{table}</tbody></table>"
    )
