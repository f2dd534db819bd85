"""`python setting.py ENGINE ROOT FOLDER NAME…`: set documents one after another, and time each.

It is a process of its own, so that the start of the engine is measured too, as for one page. It
runs as a file, so that the code of the site at ROOT is used and nothing else is imported.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

Setter = Callable[[Path], bytes]
"""Path of a document without suffix → content of the document as set."""


def typst(root: Path) -> Setter:
    """The setter for PDF/A-2a and PDF/UA-1, as on the site."""
    from archive.facts.project import Project
    from archive.press.faces import faces
    from archive.press.pdf import Typesetter

    setter = Typesetter(faces(Project(root, root / "data", date.today()))[0], root / "site")
    return lambda file: setter.pdf(json.loads(file.with_suffix(".json").read_bytes()), date.today())


def word(root: Path) -> Setter:
    """The setter for Word files, as on the site."""
    from archive.facts.project import Project
    from archive.press.faces import faces
    from archive.press.word import docx

    found, site = faces(Project(root, root / "data", date.today()))[0], root / "site"
    return lambda file: docx(
        json.loads(file.with_suffix(".json").read_bytes()), date.today(), site, found
    )


def weasyprint(root: Path) -> Setter:
    """The setter for tagged PDF/A-2a, nearest to ours: WeasyPrint claims one standard per file."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, site = FontConfiguration(), (root / "site").as_uri() + "/"

    def pdf(file: Path) -> bytes:
        page = HTML(filename=file.with_suffix(".html"), base_url=site)
        made: bytes = page.write_pdf(pdf_variant="pdf/a-2a", font_config=fonts)
        return made

    return pdf


ENGINES = {"typst": typst, "word": word, "weasyprint": weasyprint}


def main(engine: str, root: Path, folder: Path, names: list[str]) -> None:
    """Write the set documents into `folder`, and a list of [seconds, bytes] to `ENGINE.json`."""
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")  # every engine gets the same fonts
    setter = ENGINES[engine](root)
    found = []
    for name in names:
        begun = time.perf_counter()
        made = setter(folder / name)
        found.append((time.perf_counter() - begun, len(made)))
        (folder / f"{name}.{engine}").write_bytes(made)
    (folder / f"{engine}.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
