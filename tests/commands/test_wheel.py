"""The program as a package: from its wheel alone, outside the repository, an archive is made and shown."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from subprocess import DEVNULL
from urllib.request import urlopen

import pytest
from pypdf import PdfReader

from tests.conftest import ROOT
from tests.samples.frozen import leave_out_guide
from tests.samples.sample import git

pytestmark = pytest.mark.slow

PATIENCE = 120
"""Seconds after which the test gives up; it never waits for them to pass."""


def _tracked(*names: str) -> list[str]:
    """The files of the repository below `names`, those of which Git has not been told yet included."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", *names)
    found = filter(None, listed.split("\0"))
    return sorted(name for name in found if (ROOT / name).is_file())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in _tracked("archive", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    command = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [sys.executable, *command, "--disable-pip-version-check", "-w", folder, source], check=True
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `archive` of an environment in which the program comes from the wheel."""
    here = tmp_path_factory.mktemp("elsewhere")
    venv.create(here / "env", symlinks=True)
    python = here / "env" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", "--no-deps", "--no-index", wheel], check=True
    )
    (packages,) = (here / "env" / "lib").glob("python*/site-packages")
    # What the program depends on is that of the tests; files that name folders, such as the one by which the
    # repository itself is installed there, are not followed from here.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")

    where = subprocess.run(
        [python, "-c", "import archive; print(archive.__file__)"],
        cwd=here, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    assert Path(where).is_relative_to(packages)
    return here / "env" / "bin" / "archive"


def test_the_wheel_holds_every_file_of_the_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        held = sorted(name for name in packed.namelist() if name.startswith("archive/"))
    assert held == _tracked("archive")


def run(program: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *args], cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )


@contextmanager
def previewed(program: Path, root: Path) -> Iterator[Callable[[str], bytes]]:
    """Start the preview; gives a function that fetches an address from it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=root, stdout=DEVNULL, stderr=DEVNULL) as server:

        def fetch(address: str) -> bytes:
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    with urlopen(f"http://127.0.0.1:{port}{address}", timeout=PATIENCE) as answer:
                        return bytes(answer.read())
                except OSError:  # it has not begun yet, or is still building
                    assert server.poll() is None
                    assert time.monotonic() < until
                    time.sleep(0.1)

        try:
            yield fetch
        finally:
            server.send_signal(signal.SIGINT)


@pytest.mark.deep
@pytest.mark.parametrize("whole", [False, True])
def test_a_new_archive_is_checked_built_printed_and_previewed(
    program: Path, tmp_path: Path, whole: bool
) -> None:
    """Unless `whole`, it is built without the guide, which the check has read."""
    made = run(program, "new", "archive", "--name", "示例市司法局", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    root = tmp_path / "archive"
    (wheel,) = (root / "program").iterdir()
    assert f"./program/{wheel.name} --hash=" in (root / "requirements.txt").read_text("utf-8")
    checked = run(program, "check", cwd=root)
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stderr
    if not whole:
        leave_out_guide(root)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "新的档案")
    done = run(program, "build", "--no-print", cwd=root)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "示例市司法局" in (root / "site" / "index.html").read_text("utf-8")
    sealed = json.loads((root / "site" / ".manifest.json").read_text("utf-8"))
    assert not sealed["uncommitted"]
    with previewed(program, root) as fetch:
        assert "示例市司法局" in fetch("/").decode()
        printed = PdfReader(BytesIO(fetch("/print/figures.pdf")))
    assert "指标登记" in printed.pages[0].extract_text()
