"""Regulations of the invented bureau: in force, amended twice, replaced, repealed, expired, due for review.

Those of the bureau are drafts to be adopted, which show none of this. These stand in `regulations/`.
"""

import re
from pathlib import Path
from typing import Any

from archive.facts.project import DOCS
from archive.facts.regulations import FOLDER

PAGES = Path(__file__).with_name("regulations")
SECTION = "示例市统计局的制度"
"""What they are called in the navigation."""

_LISTED = re.compile(rf"^( *)- {FOLDER}index\.md\n", re.MULTILINE)


def write_pages(folder: Path, kinds: dict[str, Any]) -> None:
    """Write the regulations into the archive at `folder`, in its navigation too, if it has a compilation.

    They are of the kind that is the third of those in `kinds`, or the last.
    """
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    listed = _LISTED.search(text)
    if not listed:
        return
    one = kinds["regulation_categories"][:3][-1]
    category = one if isinstance(one, str) else one["label"]
    lines = [f"- {SECTION}:\n"]
    for path in sorted(PAGES.glob("*.md")):
        page = path.read_text("utf-8").replace("{category}", category)
        (folder / DOCS / FOLDER / path.name).write_text(page, "utf-8")
        lines.append(f"    - {FOLDER}{path.name}\n")
    at, indent = listed.end(), listed[1]
    settings.write_text(text[:at] + "".join(indent + line for line in lines) + text[at:], "utf-8")
