"""Measure the search for numbers typed by hand: how it grows with the text and with the set phrases."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import rjieba

from archive.checks.numerals import find_numbers
from bench.measure import quickest
from bench.pages import SENTENCES
from bench.table import listed

MEGABYTE = 1_000_000
_FIGURES = (
    "全年开展志愿服务七十二次，参加近千人次，服务时长1.2万小时，同比增长8.5%，居全市第二。",
    "按照第五次全国经济普查部署，三年来组建三支队伍，走访五家国有企业，慰问一名老党员。",
)
_PHRASES = [f"第{number}次全国专项调查" for number in range(500)]


def numbers(_sources: Path, _folder: Path) -> str:
    """A table of seconds for texts in which every fourth sentence or so holds figures."""
    passage = "\n".join(
        sentence + (_FIGURES[at // 4 % 2] if at % 4 == 0 else "")
        for at, sentence in enumerate(SENTENCES)
    )
    text = passage * (MEGABYTE // len(passage.encode()))
    jobs: dict[str, Callable[[], object]] = {
        "1 MB": partial(find_numbers, text, ()),
        "1 MB，500 条固定用语": partial(find_numbers, text, _PHRASES),
        "2 MB": partial(find_numbers, text * 2, ()),
        "1 MB 只切分词语": partial(rjieba.tag, text),
    }
    seconds = {label: quickest(job) for label, job in jobs.items()}
    first = next(iter(seconds.values()))
    rows = ((label, f"{found:.2f} 秒，{found / first:.1f} 倍") for label, found in seconds.items())
    return listed(f"{len(find_numbers(text, ())):,} 处数", rows)
