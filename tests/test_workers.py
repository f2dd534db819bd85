"""Processes that share the suite lose no test and hide no fault, not even where one of them dies."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from tests.conftest import ROOT

FILES = {
    "test_a.py": """
        import os, pytest
        @pytest.fixture(scope="module")
        def made(tmp_path_factory): return tmp_path_factory.mktemp("made")
        @pytest.fixture
        def broken():
            yield
            raise ValueError("afterwards")
        def test_one(made): assert made.parent.name.startswith("worker-")
        def test_printed():
            print("printed here")
            assert os.getpid() == 1
        def test_broken(broken): pass
        def test_skipped(): pytest.skip("nothing to see")
    """,
    "test_b.py": """
        import os
        def test_well(): pass
        def test_dies(): os._exit(7)
        def test_never(): pass
    """,
    "test_c.py": "def test_after(): pass",
    "test_d.py": "def test_last(): pass",
}


def test_each_test_is_told_of(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(dedent(text), "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.workers", "-rsEf", "-c", os.devnull]
    command += [f"--rootdir={tmp_path}", "--workers=2", str(tmp_path)]
    bare = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=ROOT, env=bare, stdout=subprocess.PIPE, encoding="utf-8")
    told = done.stdout.splitlines()
    assert done.returncode == 1
    end = "2 failed, 5 passed, 1 skipped, 1 error in "
    assert told[-1].strip("= ").startswith(end)
    assert "printed here" in told
    assert "ValueError: afterwards" in done.stdout
    assert f"the process that ran {tmp_path}/test_b.py ended with 7" in told
    assert any(line.endswith(": nothing to see") for line in told)
