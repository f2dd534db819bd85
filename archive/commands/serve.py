"""`archive serve`: the live preview."""

import sys
from datetime import datetime
from pathlib import Path

import click

from archive.build.preview import serve as preview
from archive.commands.options import AS_OF, DATA, project
from archive.facts.site import load


@click.command(help="边改边看：在浏览器里预览，改动自动显示。")
@DATA
@AS_OF
@click.option("--host", default="127.0.0.1", help="监听的地址。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="监听的端口。")
def serve(data: Path | None, as_of: datetime | None, host: str, port: int) -> None:
    """Run the live preview until it is interrupted."""
    here = project(data, as_of)

    def review(report: str) -> str | None:
        """Read what there is now, which the check may not pass yet."""
        from archive.editing.report.review_page import review_page

        return review_page(load(here), report)

    sys.exit(preview(here, host, port, review=review))
