"""The finds of a report as a page of the preview: each marked in its place, with what is decided of it."""

import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.build.preview.server import REVIEW, Server
from archive.editing.report.review_page import review_page
from tests.samples.brought import begin, bring, read
from tests.samples.review import confirm, fill


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path.resolve() / "档案"
    root.mkdir()
    monkeypatch.chdir(begin(root))
    return root


TEXT = "题目\n\n一、<甲>\n\n开展活动3次；结构为3:2。张**同志参加培训56次。\n"


def test_each_find_is_marked_in_its_place(root: Path) -> None:
    (root / "总结.txt").write_text(TEXT, "utf-8")
    assert bring("--sheet", "核对.xlsx").exit_code == 0
    confirm(root / "核对.xlsx", but={("指标", 4): "以后再定"})
    fill(root / "核对.xlsx", {("指标", 3, "确认"): "不是指标"})
    assert bring("--sheet", "核对.xlsx", "--write").exit_code == 0
    page = review_page(read(root), "2025")
    assert page
    body = page.partition("<main>")[2].partition("</main>")[0]
    assert body == (
        "<h1>核对：题目</h1><p>对 2 处，不是指标 1 处，还没有确认 1 处。"
        "黄的还没有确认，要填核对表（.venv/bin/archive report import 的 --sheet）；灰的照写，不登记。</p>"
        "<h2>总述</h2><p>题目</p><h2>一、甲</h2><p>一、&lt;甲&gt;</p>"
        '<p>开展活动<mark class="yes">3次</mark><sup>1</sup>；结构为<mark class="none">3:2</mark><sup>2</sup>。'
        '张<mark class="yes">**</mark><sup>3</sup>同志参加培训<mark class="later">56次</mark><sup>4</sup>。</p>'
        '<ol start="1"><li>对，活动次数，次，年报，办公室</li><li>不是指标</li>'
        "<li>对，名称_1，报告里“张…同志参加”中隐去的</li><li>还没有确认，次；尚缺：名称</li></ol>"
    )


def test_all_reports_that_were_brought_are_listed(root: Path) -> None:
    assert "还没有由文件导入的报告" in (review_page(read(root), "") or "")
    assert bring("--write").exit_code == 0
    listed = review_page(read(root), "")
    assert listed
    assert re.findall("<li>.*?</li>", listed) == [
        '<li><a href="2025">示例市统计局2025年工作总结</a></li>'
    ]
    assert review_page(read(root), "2024") is None


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server("127.0.0.1", 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.close()
    thread.join()


def test_the_preview_serves_it_before_there_is_a_site(server: Server) -> None:
    server.review = {"": "<body>全部</body>", "2025年度": "<body>一份</body>"}.get

    def ask(path: str) -> tuple[int, str, str | None]:
        connection = http.client.HTTPConnection(*server.socket.getsockname())
        connection.request("GET", path)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode(), answer.getheader("Location")
        connection.close()
        return found

    assert ask(REVIEW.rstrip("/")) == (302, "", REVIEW)
    assert [ask(REVIEW)[0], "全部" in ask(REVIEW)[1]] == [200, True]
    status, page, _ = ask(f"{REVIEW}2025%E5%B9%B4%E5%BA%A6")
    assert (status, page) == (
        200,
        '<body>一份<script src="/_live/live.js" data-version=""></script></body>',
    )
    status, page, _ = ask(f"{REVIEW}2024")
    assert (status, "没有这个页面" in page) == (404, True)
