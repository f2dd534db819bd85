"""What the commands say when they are called wrongly: Chinese, and nothing of the library's English."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.commands.chinese import WORDS
from archive.commands.cli import main
from tests.conftest import ROOT

METAVARS = r"\[OPTIONS\]|COMMAND|\[ARGS\]\.\.\."


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("chek", "须是已有的命令，没有 chek （是否为 'check', 'schema' 之一？）"),
        ("check --formt x", "须是已有的选项，没有 --formt （是否为 '--format'？）"),
        ("check --format x", "'--format' 须为 'text', 'github' 之一，现为 'x'"),
        ("check --as-of 1", "'--as-of' 须写作 2023-01-02 的样子，现为 '1'"),
        ("check --as-of", "--as-of 后面须写明内容，现在没有"),
        ("check --data /无", "'--data' 须是已有的目录，没有 /无"),
        ("build --print=1", "--print 后面不写内容"),
        ("build 一", "多写了 一"),
        ("build 一 二", "多写了 一 二"),
        ("serve --port 一", "'--port' 须为整数，现为 '一'"),
        ("serve --port 99999", "'--port' 须在 1<=x<=65535 之内，现为 99999"),
        ("verify README.md", "'目录' 须是目录，README.md 是文件"),
        ("offline docs", "'文件' 须是文件，docs 是目录"),
        ("sign 再审 --by 一", "'审次' 须为 '初审', '复审', '终审' 之一，现为 '再审'"),
        ("sign 初审", "须写明 '--by'."),
        ("sign", "须写明 '审次'. 可用：初审,\n\t复审,\n\t终审"),
        ("freeze", "须写明 '名称'."),
    ],
)
def test_wrong_calls(args: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, args.split())
    assert (done.exit_code, done.stdout) == (2, "")
    *_, said = done.stderr.rstrip("\n").partition("。\n\n")
    assert (said or done.stderr.rstrip("\n")) == message


def commands(group: click.Group, above: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The commands of a group and of those in it, each as it is called."""
    found = [above]
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        inside = (*above, name)
        found += commands(command, inside) if isinstance(command, click.Group) else [inside]
    return found


@pytest.mark.parametrize("call", commands(main, ()), ids=" ".join)
def test_help_has_no_english_sentence(call: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*call, "--help"], prog_name="archive")
    assert done.exit_code == 0
    text = re.sub(METAVARS, "", done.stdout).replace(" ".join(["archive", *call]), "")
    assert re.findall(r"[A-Za-z]+ [a-z]+ [a-z]+", text) == []
    assert "显示这份说明。" in text


def test_every_word_is_one_of_the_library() -> None:
    """So that a new version that words something otherwise is noticed."""
    folder = Path(click.__file__).parent
    texts = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    said = [text.replace("\n", "\\n").replace("\t", "\\t") for text in WORDS]
    assert [text for text in said if f'"{text}"' not in texts] == []
