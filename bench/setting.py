"""`python setting.py ENGINE ROOT FOLDER NAME…`: set documents one after the other; what each took.

A process of its own, so that starting an engine is measured as whoever prints one page meets it. Run
as a file: the site's own code comes first, and nothing is loaded that the engine does not need.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

Setter = Callable[[Path], bytes]
"""From the files of a document, named without their ending, to the document as set."""


def typst(root: Path) -> Setter:
    """PDF/A-2a and PDF/UA-1, as the site has it."""
    from archive.press.faces import faces
    from archive.press.pdf import Typesetter

    setter = Typesetter(faces(root)[0], root / "site")
    return lambda file: setter.pdf(json.loads(file.with_suffix(".json").read_bytes()), date.today())


def word(root: Path) -> Setter:
    """Word, as the site has it."""
    from archive.press.faces import faces
    from archive.press.word import docx

    found, site = faces(root)[0], root / "site"
    return lambda file: docx(
        json.loads(file.with_suffix(".json").read_bytes()), date.today(), site, found
    )


def weasyprint(root: Path) -> Setter:
    """PDF/A-2a, tagged: the nearest to ours, as it claims one standard a file."""
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
    """Writes the files beside the documents, and a list of [seconds, bytes] to `ENGINE.json`."""
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")  # the same faces for whoever asks
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
