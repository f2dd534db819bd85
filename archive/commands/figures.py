"""`archive figures`: the register with its values, for editors."""

from datetime import datetime
from pathlib import Path

import click

from archive.build.downloads.rows import as_csv, as_json
from archive.commands.options import AS_OF, DATA, project
from archive.facts.site import load
from archive.facts.tables import REGISTER, table
from archive.schema.columns import Column, exact_text


@click.command(help="列出指标登记及各指标的数值；未收齐的台账另列已计数。")
@DATA
@AS_OF
@click.option("--json", "style", flag_value="json", help="输出 JSON。")
@click.option("--csv", "style", flag_value="csv", help="输出 CSV。")
def figures(data: Path | None, as_of: datetime | None, style: str | None) -> None:
    """Print the register of figures with values and running counts, for editors."""
    site = load(project(data, as_of))
    if style:
        register = table(site, REGISTER).with_columns(
            (Column("已计数", "number"), Column("记录数", "integer")),
            [
                (it.provisional_count if it.figure.counted else None, it.records)
                for it in site.values.values()
            ],
        )
        click.echo(as_json(register) if style == "json" else as_csv(register), nl=False)
        return
    for it in site.values.values():
        shown = (
            f"{it.number} {it.unit}"
            if it.exact is None
            else f"{exact_text(it.exact)} {it.figure.unit}"
        )
        counted = (
            f"（已计 {it.provisional_count:f}，{it.records} 条记录）" if it.figure.counted else ""
        )
        click.echo(f"{it.id}\t{it.figure.name}\t{shown}\t{it.state}{counted}")
