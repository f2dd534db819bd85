"""The command `archive`."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import replace as with_changes
from datetime import date, datetime
from pathlib import Path

import click

from archive.checks import check as problems_of
from archive.figures import Value
from archive.history import last_commit
from archive.project import Project
from archive.site import load
from archive.source import Problem

_DATA = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="数据目录，默认为 data/。",
)
_AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="以哪一天为今天，写作 2023-01-02。",
)


def project(data: Path | None, as_of: datetime | None, otherwise: date | None) -> Project:
    """The site in the current folder, as the options tell."""
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException("须在站点根目录（有 mkdocs.yml 的目录）下运行")
    given = Project.of(root)
    if data:
        given = with_changes(given, data=data.resolve())
    if as_of:
        return with_changes(given, as_of=as_of.date())
    return with_changes(given, as_of=otherwise) if otherwise else given


@click.group(help="统计局文明单位创建档案：检查、生成、预览。")
def main() -> None:
    """The group the commands hang on."""


@main.command(help="检查数据和页面，列出全部问题。")
@_DATA
@_AS_OF
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="github 在拉取请求里逐行标注。",
)
def check(data: Path | None, as_of: datetime | None, style: str) -> None:
    """All problems as `path:line: message`; exit 1 if there are any."""
    problems = problems_of(load(project(data, as_of, None)))
    for problem in problems:
        click.echo(annotation(problem) if style == "github" else str(problem))
    _sum_up(problems)


def _sum_up(problems: Sequence[Problem]) -> None:
    if problems:
        click.echo(f"共 {len(problems)} 处问题。", err=True)
        sys.exit(1)
    click.echo("没有问题。", err=True)


def annotation(problem: Problem) -> str:
    """A problem as a workflow command of GitHub Actions, its special characters escaped."""

    def escaped(text: str, specials: str) -> str:
        for c in "%\r\n" + specials:
            text = text.replace(c, f"%{ord(c):02X}")
        return text

    path = escaped(problem.path, ":,")
    return f"::error file={path},line={problem.line}::{escaped(problem.message, '')}"


@main.command(help="检查并生成整个站点。")
@_DATA
@_AS_OF
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    help="生成到哪个目录，默认为 site/。",
)
def build(data: Path | None, as_of: datetime | None, out: Path) -> None:
    """Check → engine → search index → scan; the old site stays unless all of it went well."""
    from archive import build as building  # the engine is heavy; `archive check` goes without

    site = project(data, as_of, last_commit(Path.cwd()))
    fresh = out.with_name(f".{out.name}.new")
    problems = building.build(site, fresh.resolve())
    for problem in problems:
        click.echo(str(problem))
    if not problems:
        building.replace(fresh, out)
        click.echo(f"已生成 {out}/（以 {site.as_of} 为今天）。", err=True)
    _sum_up(problems)


@main.command(help="边改边看：在浏览器里预览，改动自动显示。")
@_DATA
@_AS_OF
@click.option("--host", default="127.0.0.1", help="监听的地址。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="监听的端口。")
def serve(data: Path | None, as_of: datetime | None, host: str, port: int) -> None:
    """Live preview until interrupted."""
    from archive.serve import serve as preview

    sys.exit(preview(project(data, as_of, None), host, port))


@main.command(help="列出指标登记及各指标的数值；未收齐的台账另列已计数。")
@_DATA
@_AS_OF
@click.option("--json", "style", flag_value="json", help="输出 JSON。")
@click.option("--csv", "style", flag_value="csv", help="输出 CSV。")
def figures(data: Path | None, as_of: datetime | None, style: str | None) -> None:
    """The register with values, running counts included: for editors."""
    rows = [row(value) for value in load(project(data, as_of, None)).values.values()]
    if style == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif style == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)
    else:
        for one in rows:
            shown = one["数值"] or one["显示"]
            counted = f"（已计 {one['已计数']}，{one['记录数']} 条记录）" if one["记录数"] else ""
            click.echo(
                f"{one['编号']}\t{one['指标名称']}\t{shown} {one['计量单位']}\t{one['状态']}{counted}"
            )


def row(value: Value) -> dict[str, str]:
    """A figure as a row of the register, every cell text; unknown is empty."""
    figure = value.figure

    def shown(item: object) -> str:
        return "" if item is None else str(item)

    return {
        "编号": value.id,
        "指标名称": figure.name,
        "计量单位": figure.unit,
        "显示": value.number,
        "数值": shown(value.exact),
        "已计数": shown(value.running if figure.counted else None),
        "记录数": shown(value.records),
        "状态": str(value.state),
        "时期或时点": figure.period.kind,
        "起始日": shown(figure.period.start),
        "截止日": shown(figure.period.end),
        "统计口径": figure.definition,
        "计算方法": figure.method,
        "数据来源": shown(figure.source),
        "责任科室": shown(figure.office),
        "填报": shown(figure.prepared.date),
        "审核": shown(figure.reviewed.date),
        "核定": shown(figure.approved.date),
        "公开属性": shown(figure.disclosure),
        "备注": shown(figure.note),
    }
