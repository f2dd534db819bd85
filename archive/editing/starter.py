"""A new archive: the files it begins with, from those in archive/starter/ and what is made from the models.

What is not known stays empty. In archive/starter/ an underscore stands for the dot that hides a file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import distribution
from json import loads
from pathlib import Path

from archive.editing.editors import files
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import FOLDER, read_collections
from archive.facts.project import Project
from archive.files.content import SETTINGS
from archive.files.own_files import PACKAGE, PROGRAM
from archive.files.writing import scalar
from archive.files.yaml import read

STARTER = PROGRAM / "starter"
LEDGERS: Mapping[str, Path] = {
    path.stem: path for path in sorted((PROGRAM / "ready" / "ledgers").glob("*.yml"))
}
"""Id → the description of a ledger that is ready to be taken."""
PRACTICE = PROGRAM / "ready" / "practice"
"""What an archive for practice begins with beside all that a new one has: the guide's examples are of it."""
PRACTISED = "volunteering"
"""The ledger of what stands in `PRACTICE`."""
WHEELS = "program"
"""The folder of a new archive for the program, where it is a file."""
VERSION = re.compile(
    r"(?P<version>\d+(?:\.\d+)*(?:(?:a|b|rc|\.post|\.dev)\d+)*)@(?P<digest>sha256:[0-9a-f]{64})"
)
"""A version with the digest of its wheel: by its name alone, a package of anybody's might be taken."""
WHEEL = re.compile(r"[A-Za-z0-9_.+!-]+\.whl")
"""The name of a wheel, which stands in a list of requirements."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program that an archive depends on: the line that names it, and its file if the archive holds that."""

    requirement: str
    wheel: Path | None = None


def by_version(version: str, digest: str) -> Program:
    """The program of this version whose wheel has this digest, wherever pip finds packages."""
    return Program(f"{PACKAGE}=={version} --hash={digest}")


def by_path(path: Path) -> Program:
    """The program in a wheel, which the archive then holds, pinned by its content, or in a folder of sources."""
    if path.is_dir():
        return Program(f"-e {path.resolve()}")
    digest = sha256(path.read_bytes()).hexdigest()
    return Program(f"./{WHEELS}/{path.name} --hash=sha256:{digest}", path)


def running() -> Program | None:
    """The program that is running, from where it was installed, as pip has noted it; None if that is not there."""
    noted = loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
    path = Path(str(noted.get("url", "")).removeprefix("file://"))
    if str(noted.get("url", "")).startswith("file://") and path.exists():
        return by_path(path)
    return None


def write_archive(
    root: Path,
    program: Program,
    title: str,
    name: str | None,
    ledgers: Iterable[str] = (),
    *,
    practice: bool = False,
) -> None:
    """Write a new archive into the empty folder `root`, with these ledgers of `LEDGERS`.

    One for `practice` has the ledger and the invented record that the guide shows. Raises OSError if that fails.
    """
    begun = dict(_files(title, name))
    for ledger in dict.fromkeys([*ledgers, *([PRACTISED] if practice else [])]):
        _begin(begun, LEDGERS[ledger])
    if practice:
        _practise(begun)
    for path, content in begun.items():
        _write(root / path, content)
    with (root / "requirements.txt").open("a", encoding="utf-8") as opened:
        opened.write(f"{program.requirement}\n")
    if program.wheel:
        _write(root / WHEELS / program.wheel.name, program.wheel.read_bytes())
    here = Project(root, root / "data", date.max)
    made = files.generated(read_collections(here).collections, read_kinds(here))
    for path, text in made.items():
        _write(root / path, text.encode())


def _files(title: str, name: str | None) -> Mapping[str, bytes]:
    """Path from the root of the archive → content, of what needs nothing but this."""
    found = {
        re.sub(r"(^|/)_", r"\1.", path.relative_to(STARTER).as_posix()): path.read_bytes()
        for path in sorted(STARTER.rglob("*"))
        if path.is_file()
    }
    for path, before, after in (
        ("mkdocs.yml", "site_name: 创建档案", f"site_name: {scalar(title)}"),
        ("docs/index.md", "# 创建档案", f"# {title}"),
        ("README.md", "# 创建档案", f"# {title}"),
        (
            "data/unit.yml",
            "    value:\n",
            f"    value: {scalar(name)}\n" if name else "    value:\n",
        ),
    ):
        found[path] = found[path].replace(before.encode(), after.encode(), 1)
    return found


def _begin(files: dict[str, bytes], ledger: Path) -> None:
    """Add a ledger to the files of a new archive: its description, and its page in the navigation."""
    description = read(ledger, ledger.name).data
    page = f"records/{ledger.stem}.md"
    files[f"data/{FOLDER}/{ledger.name}"] = ledger.read_bytes()
    label, record = description["label"], description["record"]
    files[f"docs/{page}"] = (
        f"---\ntitle: {label}\ndescription: {label}的逐条记录。\n---\n\n# {label}\n\n"
        f'每条记{record}。\n\n{{{{ records("{ledger.stem}") }}}}\n'
    ).encode()
    files[SETTINGS] = files[SETTINGS].replace(
        b"      - records/download.md", f"      - {page}\n      - records/download.md".encode(), 1
    )


def _practise(files: dict[str, bytes]) -> None:
    """Add what an archive for practice has; each of its pages says that the data are invented."""
    unit = files["data/unit.yml"]
    for line in (b"demonstration: true", b"  start: 2023-01-01", b"  end: 2025-12-31"):
        unit = re.sub(rb"(?m)^%s:.*$" % line.partition(b":")[0], line, unit, count=1)
    files["data/unit.yml"] = unit
    files |= {
        path.relative_to(PRACTICE).as_posix(): path.read_bytes()
        for path in PRACTICE.rglob("*")
        if path.is_file()
    }


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
