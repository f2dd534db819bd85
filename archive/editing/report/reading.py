"""Read a report from a file, whatever kind of file it is, or refuse it with one sentence."""

from pathlib import Path

from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.plain import read_markdown, read_text
from archive.editing.report.word import read_word
from archive.editing.report.word_package import SAVE
from archive.files.bounds import MAX_ATTACHMENT, MAX_SOURCE, megabytes, size_of
from archive.files.reasons import os_error_text

_READERS = {
    ".docx": read_word,
    ".docm": read_word,
    ".txt": read_text,
    ".md": read_markdown,
}
_WORD = (".docx", ".docm")


def read_report(path: Path) -> Brought:
    """The report in the file at `path`; raises `RefusedError` if it cannot be read."""
    suffix = path.suffix.lower()
    read = _READERS.get(suffix)
    if read is None:
        raise RefusedError(
            f"须为 .docx、.docm、.txt 或者 .md 文件，现为{f' {suffix}' if suffix else '没有后缀的文件'}；{SAVE}"
        )
    most = MAX_ATTACHMENT if suffix in _WORD else MAX_SOURCE
    try:
        size = size_of(path)
        if size > most:
            raise RefusedError(
                f"文件须不超过 {megabytes(most)}，现为 {megabytes(size)}；请压缩里面的图片，或者分成几份，再导入"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"文件须能读取，现为：{os_error_text(error)}；请写对文件名，或者换一个读得出来的文件"
        ) from error
    if not raw.strip():
        raise RefusedError("文件须有文字，现为空的；请换成写有报告的文件")
    brought = read(raw)
    if not brought.title and not brought.blocks:
        raise RefusedError(
            "文件须有文字，现在一个字也没有；请换成写有报告的文件（扫描的图片里的字读不出来）"
        )
    return brought
