"""The search as a reader meets it, in a real browser, on a small site written here."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from archive.build.search import index_script, write_index
from archive.build.search.pages import SearchPage, SearchSection
from archive.files.own_files import PROGRAM
from tests.browser.conftest import SEARCH_BUTTON, NewTab, hear, leads_to, leave

ASSETS = PROGRAM / "design" / "assets"

# The pages in the order of their navigation: URL, title, article after its first heading.
PAGES = [
    (
        "",
        "首页",
        "<p>读创建报告，核对指标，查找制度。志愿服务、统计专报都能查到。</p>"
        '<p><input id="field"><textarea></textarea><span contenteditable>可编辑</span></p>',
    ),
    (
        "report/part-1/",
        "一、加强组织领导",
        '<h2 id="planning">（一）统筹谋划</h2><p>修订完善统计局制度汇编，健全工作规程。</p>'
        '<h2 id="management">（二）严格管理</h2><p>严格请销假和外出报备，开展日常纪律检查。</p>',
    ),
    (
        "report/part-2/",
        "二、强化典型引领",
        '<h2 id="branch">（一）党的组织</h2><p>落实三会一课、主题党日。创建'
        "“让党中央放心、让人民群众满意”模范机关。</p>"
        '<h2 id="carriers">（四）创建载体</h2><p>举办道德讲堂、统计讲座和主题演讲，一课一评。</p>',
    ),
    (
        "report/part-3/",
        "三、热情服务为民",
        '<h2 id="service">（一）统计服务</h2><p>撰写统计分析专报，编印手册。</p>'
        '<h2 id="enterprises">（二）服务企业</h2><p>推行包容审慎监管，发放《易错指标提示单》。</p>'
        '<h2 id="volunteering">（四）志愿服务</h2><p>开展志愿活动，志愿服务总时长见指标登记。</p>',
    ),
    (
        "figures/",
        "指标登记",
        '<h3 id="analysis_reports">统计分析专报</h3><p>计量单位：期。按 GB/T 8170 修约。</p>'
        '<h3 id="reports_endorsed">获批示的分析专报</h3><p>计量单位：篇。</p>'
        '<h3 id="volunteer_activities">开展志愿活动</h3><p>计量单位：次。含志愿服务。</p>'
        '<h3 id="volunteer_hours">志愿服务总时长</h3><p>计量单位：小时。各次时长之和。</p>'
        '<h3 id="volunteer_services">志愿服务次数</h3><p>计量单位：次。不计时长。</p>',
    ),
    ("regulations/leave/", "请销假制度", "<p>外出须报备，请假须审批。</p>"),
    (
        "制度/markup/",
        "标记 <b>示例</b>",
        "<h2 id='脚本%20'>脚本 &lt;img src=x onerror=alert(1)&gt;</h2>"
        "<p>写作 &lt;script&gt;alert(1)&lt;/script&gt; 的，只是文字。</p>",
    ),
]

QUERIES = [
    ("志愿服务", "report/part-3/#volunteering"),
    ("志愿 时长", "figures/#volunteer_hours"),
    ("时长 志愿", "figures/#volunteer_hours"),
    ("志愿服务时长", "figures/#volunteer_hours"),
    ("志愿服务次数", "figures/#volunteer_services"),
    ("专报", "figures/#analysis_reports"),
    ("批示 专报", "figures/#reports_endorsed"),
    ("包容审慎", "report/part-3/#enterprises"),
    ("易错指标提示单", "report/part-3/#enterprises"),
    ("提示单、易错", "report/part-3/#enterprises"),
    ("制度汇编", "report/part-1/#planning"),
    ("请销假", "regulations/leave/"),
    ("外出报备", "report/part-1/#management"),
    ("三会一课 主题党日", "report/part-2/#branch"),
    ("“让党中央放心、让人民群众满意”", "report/part-2/#branch"),
    ("让党中央放心让人民群众满意", "report/part-2/#branch"),
    ("ｇｂ／ｔ　8170", "figures/#analysis_reports"),
    ("指标登记", "figures/"),
]


RELEASED = threading.Event()
"""While it is not set, the server holds the index back."""
RELEASED.set()


def shell(base: str, title: str, article: str) -> str:
    """A page with what the search looks for in one built by Material."""
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>页</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{base}/assets/search.css">'
        '</head><body data-md-color-scheme="default"><header class="md-header">'
        f'<nav class="md-header__inner"><a href="#">示例市统计局</a>{SEARCH_BUTTON}'
        '<a href="#">仓库</a></nav></header>'
        '<article class="md-content__inner md-typeset">'
        f"<h1>{title}</h1>{article}</article>"
        f'<script id="__config" type="application/json">{json.dumps({"base": base})}</script>'
        f'<script src="{base}/assets/search.js"></script></body></html>'
    )


class Handler(SimpleHTTPRequestHandler):
    """Serves the site quietly, under the strict policy it must live with."""

    def do_GET(self) -> None:
        if self.path == "/search/index.js":
            RELEASED.wait()
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        self.send_header("Cache-Control", "no-store")  # all tabs share what the browser keeps
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ASSETS, folder / "assets")
    for url, title, article in PAGES:
        base = "/".join([".."] * url.count("/")) or "."
        (folder / url).mkdir(parents=True, exist_ok=True)
        shown = title.replace("<", "&lt;")
        (folder / url / "index.html").write_text(shell(base, shown, article), encoding="utf-8")
    write_index(folder, [url for url, _, _ in PAGES])
    return folder


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    handler = partial(Handler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def asked(chromium: Browser, base: str) -> Iterator[Page]:
    """A tab with the search open, for the tests that only ask."""
    page = chromium.new_page()
    page.goto(base)
    page.keyboard.press("Control+k")
    yield page
    page.close()


@pytest.fixture
def tab(new_tab: NewTab) -> Iterator[Page]:
    """A tab in which nothing may complain: no error, no message on the console, no alert."""
    page = new_tab()
    complaints: list[str] = []
    hear(page, "pageerror", lambda error: complaints.append(str(error)))
    hear(page, "console", lambda message: complaints.append(message.text))
    hear(page, "dialog", lambda dialog: complaints.append(dialog.message))
    hear(page, "dialog", lambda dialog: dialog.dismiss())
    yield page
    leave(page)
    assert complaints == []


def field(tab: Page) -> Locator:
    return tab.get_by_role("combobox", name="搜索")


def ask(tab: Page, query: str) -> None:
    tab.keyboard.press("Control+k")
    field(tab).fill(query)


@pytest.mark.parametrize(("query", "url"), QUERIES)
def test_expected_page_stands_first(asked: Page, base: str, query: str, url: str) -> None:
    field(asked).fill(query)
    leads_to(asked.get_by_role("option").first, base + url)


def test_index_is_fetched_once_and_only_when_asked_for(tab: Page, base: str) -> None:
    requests: list[Request] = []
    hear(tab, "request", lambda request: requests.append(request))
    tab.goto(base + "report/part-3/", wait_until="networkidle")
    loaded = [request.url.removeprefix(base) for request in requests]
    assert loaded == ["report/part-3/", "assets/search.css", "assets/search.js"]

    for _ in range(2):
        ask(tab, "专报")
        expect(tab.get_by_role("status")).to_have_text("共 4 条")
        tab.keyboard.press("Escape")
    assert [request.url.removeprefix(base) for request in requests] == [
        *loaded, "search/index.js", "assets/search_ranking.js",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Control+k", "Meta+k"])
def test_keys_open_it_and_type_nothing(tab: Page, base: str, key: str) -> None:
    tab.goto(base)
    tab.keyboard.press(key)
    expect(field(tab)).to_be_focused()
    expect(field(tab)).to_have_value("")
    expect(tab.get_by_role("status")).to_have_text("输入要找的词，多个词用空格隔开")


def test_no_single_letter_opens_it(tab: Page, base: str) -> None:
    tab.goto(base)
    for key in "/sfk":
        tab.keyboard.press(key)
        assert tab.get_by_role("dialog").count() == 0


def test_letters_typed_into_a_page_stay_there(tab: Page, base: str) -> None:
    tab.goto(base)
    for place in ("#field", "textarea", "[contenteditable]"):
        tab.locator(place).focus()
        tab.keyboard.type("/sf")
        typed = tab.locator(place).evaluate(
            "it => it.value === undefined ? it.textContent : it.value"
        )
        assert str(typed).replace("可编辑", "") == "/sf"
        assert tab.get_by_role("dialog").count() == 0
        tab.keyboard.press("Control+k")
        expect(field(tab)).to_be_focused()
        tab.keyboard.press("Escape")
        expect(
            tab.locator(place)
        ).to_be_focused()  # the browser closes the dialog in a task of its own


def test_the_key_works_at_once_after_closing(tab: Page, base: str) -> None:
    tab.goto(base)
    tab.keyboard.press("Control+k")
    # In one task: the browser has not yet taken the focus from the field it hid.
    assert field(tab).evaluate(
        """it => {
            const dialog = it.closest("dialog");
            dialog.close();
            it.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }));
            return dialog.open;
        }"""
    )


def test_who_goes_on_elsewhere_while_it_closes_stays_there(tab: Page, base: str) -> None:
    tab.goto(base)
    tab.locator("#field").focus()
    tab.keyboard.press("Control+k")
    # The browser tells that it is closed in a task of its own.
    field(tab).evaluate(
        """it => new Promise((told) => {
            const dialog = it.closest("dialog");
            dialog.addEventListener("close", told);
            dialog.close();
            document.querySelector("textarea").focus();
        })"""
    )
    expect(tab.locator("textarea")).to_be_focused()


def test_other_keys_keep_their_meaning(tab: Page, base: str) -> None:
    tab.goto(base)
    tab.evaluate(
        "document.addEventListener('keydown', event => {"
        "  window.taken = event.defaultPrevented; event.preventDefault(); })"
    )
    for key in ("Control+f", "Alt+f", "Control+s", "a"):
        tab.keyboard.press(key)
        assert tab.evaluate("window.taken") is False
        assert tab.get_by_role("dialog").count() == 0
        tab.evaluate("delete window.taken")


def test_by_keyboard_alone(tab: Page, base: str) -> None:
    tab.goto(base)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="搜索")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(field(tab)).to_be_focused()
    expect(field(tab)).to_have_attribute("aria-expanded", "false")

    tab.keyboard.type("专报")
    expect(tab.get_by_role("status")).to_have_text("共 4 条")
    expect(field(tab)).to_have_attribute("aria-expanded", "true")
    expect(field(tab)).to_have_attribute("aria-controls", "archive-results")
    expect(tab.get_by_role("listbox", name="搜索结果")).to_have_attribute("id", "archive-results")

    chosen = tab.get_by_role("option", selected=True)
    walked = []
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]:
        walked.append(chosen.get_attribute("id"))
        expect(field(tab)).to_have_attribute("aria-activedescendant", str(walked[-1]))
        tab.keyboard.press(key)
    assert walked == [f"archive-search-{number}" for number in (0, 1, 2, 3, 0, 3)]
    expect(field(tab)).to_be_focused()

    leads_to(chosen, base + "report/part-3/#service")
    tab.keyboard.press("Enter")
    tab.wait_for_url(base + "report/part-3/#service")


def test_enter_does_not_wait_for_the_results_to_show(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "专报")
    expect(tab.get_by_role("option")).to_have_count(4)
    field(tab).evaluate(
        """it => {
            it.value = "包容审慎";
            it.dispatchEvent(new InputEvent("input"));
            it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }"""
    )
    tab.wait_for_url(base + "report/part-3/#enterprises")


def test_escape_closes_and_gives_the_focus_back(tab: Page, base: str) -> None:
    tab.goto(base)
    for opener in [tab.get_by_role("button", name="搜索"), tab.locator("#field")]:
        opener.focus()
        tab.keyboard.press("Control+k")
        expect(field(tab)).to_be_focused()
        tab.keyboard.press("Escape")
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()


def test_pointer_opens_chooses_and_closes(tab: Page, base: str) -> None:
    tab.goto(base)
    button = tab.get_by_role("button", name="搜索")
    ways: list[Callable[[], None]] = [
        lambda: tab.get_by_role("button", name="关闭").click(),
        lambda: tab.mouse.click(5, 400),
    ]
    for way in ways:
        button.click()
        expect(tab.get_by_role("dialog", name="搜索")).to_be_visible()
        way()
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(button).to_be_focused()
    button.click()
    field(tab).fill("请销假制度")
    tab.get_by_role("option").first.click()
    tab.wait_for_url(base + "regulations/leave/")


def test_another_tab_leaves_the_results_open(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "请销假制度")
    with tab.context.expect_page() as opened:
        tab.get_by_role("option").first.click(modifiers=["Control"])
    opened.value.wait_for_url(base + "regulations/leave/")
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert tab.url == base


def test_result_on_the_same_page_is_gone_to(tab: Page, base: str) -> None:
    tab.goto(base + "figures/")
    button = tab.get_by_role("button", name="搜索")
    button.click()
    field(tab).fill("志愿服务总时长")
    expect(tab.get_by_role("option")).to_have_count(2)
    tab.keyboard.press("Enter")
    tab.wait_for_url(base + "figures/#volunteer_hours")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(tab.locator(":target")).to_have_text("志愿服务总时长")
    expect(button).not_to_be_focused()


def test_input_method_is_left_to_compose(tab: Page, base: str) -> None:
    tab.clock.install()
    tab.goto(base)
    ask(tab, "包容审慎")
    tab.clock.run_for(1000)
    status = tab.get_by_role("status")
    expect(status).to_have_text("共 1 条")
    field(tab).select_text()

    keys = tab.context.new_cdp_session(tab)
    for letters in ["z", "zh", "zhuan bao"]:
        state = {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        keys.send("Input.imeSetComposition", state)
        tab.clock.run_for(1000)
        expect(field(tab)).to_have_value(letters)
        assert status.inner_text() == "共 1 条"
    # Not prevented: the input method's own keys go to the input method.
    assert field(tab).evaluate(
        """it => ["Enter", "ArrowDown", "ArrowUp"].map((key) => it.dispatchEvent(
            new KeyboardEvent("keydown", { key, isComposing: true, cancelable: true })))"""
    ) == [True, True, True]

    keys.send("Input.insertText", {"text": "专报"})
    expect(status).to_have_text("共 4 条")
    expect(field(tab)).to_have_value("专报")
    assert tab.url == base


def test_what_a_result_shows(asked: Page) -> None:
    field(asked).fill("提示单 企业")
    expect(asked.get_by_role("status")).to_have_text("共 1 条")
    assert asked.get_by_role("option").inner_html() == (
        '<span class="archive-search__title">（二）服务<mark>企业</mark></span>'
        '<span class="archive-search__path">三、热情服务为民</span>'
        '<span class="archive-search__excerpt">'
        "推行包容审慎监管，发放《易错指标<mark>提示单</mark>》。</span>"
    )


def test_markup_in_a_page_is_text_in_its_result(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "脚本 alert")
    expect(tab.get_by_role("status")).to_have_text("共 1 条")
    option = tab.get_by_role("option")
    spans = [option.locator("span").nth(number).inner_text() for number in range(3)]
    assert spans == [
        "脚本 <img src=x onerror=alert(1)>",
        "标记 <b>示例</b>",
        "写作 <script>alert(1)</script> 的，只是文字。",
    ]
    assert option.evaluate("it => [...it.querySelectorAll('*')].map(each => each.tagName)") == [
        *["SPAN", "MARK", "MARK"],
        "SPAN",
        *["SPAN", "MARK"],
    ]
    option.click()
    expect(tab.locator(":target")).to_have_id("脚本%20")


def test_nothing_in_the_index_is_markup_or_an_address_of_its_own(tab: Page, base: str) -> None:
    """Said of an index that holds what no page could: in every place, signs of HTML and a script."""
    evil = '"><img src=x onerror="window.harm=1"><svg onload=window.harm=1>&lt;b&gt;'
    sections = (SearchSection("", evil, f"找 {evil}"), SearchSection(evil, evil, f"找 {evil}"))
    addresses = ("javascript:window.harm=1//", "//a.example/", f"x{evil}")
    index = index_script([SearchPage(url, evil, sections) for url in addresses])
    tab.route("**/search/index.js", lambda route: route.fulfill(body=index))
    tab.goto(base)
    ask(tab, "找")
    expect(tab.get_by_role("option")).to_have_count(6)
    for option in tab.get_by_role("option").all():
        spans = option.locator("> span")
        assert spans.first.inner_text() == evil
        assert f"找 {evil}" in spans.last.inner_text()
        assert option.evaluate(
            "it => [...it.querySelectorAll('*')].every((each) => /^(SPAN|MARK)$/.test(each.tagName))"
        )
        assert str(option.evaluate("it => it.href")).startswith(base)
    assert tab.evaluate("window.harm") is None


def test_results_are_narrowed_to_a_kind_by_keyboard(tab: Page, base: str) -> None:
    tab.goto(base)
    tab.keyboard.press("Control+k")
    group = tab.get_by_role("group", name="只看一类")
    expect(group).to_have_count(0)
    tab.keyboard.type("志愿服务")
    expect(tab.get_by_role("status")).to_have_text("共 5 条")
    chips = group.get_by_role("button")
    expect(chips).to_have_text(["全部5", "报告1", "指标3"])
    expect(chips.first).to_have_attribute("aria-pressed", "true")

    for _ in range(4):  # 关闭, 全部, 报告, 指标
        tab.keyboard.press("Tab")
    expect(chips.last).to_be_focused()
    tab.keyboard.press("Space")
    expect(chips.last).to_be_focused()
    pressed = [chip.get_attribute("aria-pressed") for chip in chips.all()]
    assert pressed == ["false", "false", "true"]
    expect(tab.get_by_role("status")).to_have_text("共 3 条")
    expect(tab.get_by_role("option")).to_have_count(3)

    # It stays while other words are looked for, and says so where it has none of them.
    field(tab).fill("专报")
    expect(chips).to_have_text(["全部4", "报告1", "指标2"])
    expect(tab.get_by_role("status")).to_have_text("共 2 条")
    field(tab).fill("请销假")
    expect(chips).to_have_text(["全部2", "报告1", "指标0", "制度1"])
    expect(tab.get_by_role("status")).to_have_text("指标里没有找到，别的类里有 2 条")
    expect(tab.get_by_role("option")).to_have_count(0)
    chips.nth(3).click()
    expect(tab.get_by_role("option")).to_have_count(1)
    field(tab).fill("量子纠缠")
    expect(group).to_have_count(0)


def test_an_answer_that_comes_late_leaves_the_keyboard_where_it_is(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "志愿服务")
    chips = tab.get_by_role("group", name="只看一类").get_by_role("button")
    expect(chips).to_have_text(["全部5", "报告1", "指标3"])
    for query, kept in (("志愿服务", chips.nth(2)), ("请销假", field(tab))):
        chips.nth(2).focus()
        old = chips.first.element_handle()
        field(tab).evaluate(
            "(field, query) => { field.value = query; field.dispatchEvent(new InputEvent('input')); }",
            query,
        )
        tab.wait_for_function("(old) => !old.isConnected", arg=old)
        expect(kept).to_be_focused()


def test_a_slip_is_told(asked: Page) -> None:
    field(asked).fill("请消假 报备")
    expect(asked.get_by_role("status")).to_have_text("没有“请消假”，按“请销假”找，共 2 条")
    expect(asked.get_by_role("option").first.locator("mark").first).to_have_text("请销假")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "输入要找的词，多个词用空格隔开"),
        ("  ", "输入要找的词，多个词用空格隔开"),
        ("。", "没有找到"),
        ("量子纠缠", "没有找到"),
        ("请销假 手册", "没有完全相符的结果，以下内容相近，共 2 条"),
        ("怎样查找志愿服务", "没有完全相符的结果，以下内容相近，共 5 条"),
        ("次", "共 4 条"),
    ],
)
def test_what_the_status_says(asked: Page, query: str, says: str) -> None:
    field(asked).fill("专报")
    expect(asked.get_by_role("status")).to_have_text("共 4 条")
    field(asked).fill(query)
    expect(asked.get_by_role("status")).to_have_text(says)


def test_many_results_are_cut(tab: Page, base: str) -> None:
    sections = tuple(SearchSection(f"s{number}", f"第{number}节", "统计") for number in range(31))
    body = index_script([SearchPage("p/", "页", sections)])
    tab.route("**/search/index.js", lambda route: route.fulfill(body=body))
    tab.goto(base)
    ask(tab, "统计")
    expect(tab.get_by_role("status")).to_have_text("共 31 条，列出前 30 条")
    expect(tab.get_by_role("option")).to_have_count(30)
    tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("option").last).to_be_in_viewport()
    expect(tab.get_by_role("option").first).not_to_be_in_viewport()


def test_an_index_that_does_not_arrive_is_asked_for_again(new_tab: NewTab, base: str) -> None:
    tab = new_tab()
    tab.route("**/search/index.js", lambda route: route.abort())
    tab.goto(base)
    ask(tab, "专报")
    expect(tab.get_by_role("status")).to_have_text("载入失败，请关闭后再试")
    tab.keyboard.press("Escape")
    tab.unroute("**/search/index.js")
    tab.keyboard.press("Control+k")
    expect(tab.get_by_role("status")).to_have_text("共 4 条")


@pytest.fixture
def held() -> Iterator[None]:
    RELEASED.clear()
    yield
    RELEASED.set()


@pytest.mark.usefixtures("held")
def test_a_slow_index_is_said_to_be_loading(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "专报")
    expect(tab.get_by_role("status")).to_have_text("正在载入")
    RELEASED.set()
    expect(tab.get_by_role("status")).to_have_text("共 4 条")


def test_from_a_folder(tab: Page, site: Path) -> None:
    tab.goto((site / "report/part-3/index.html").as_uri())
    ask(tab, "请销假")
    expect(tab.get_by_role("status")).to_have_text("共 2 条")
    tab.keyboard.press("Enter")
    tab.wait_for_url((site / "regulations/leave/index.html").as_uri())
    expect(tab.locator("mark.found")).to_have_text(["请销假"])
    ask(tab, "alert")
    tab.get_by_role("option").click()
    expect(tab.locator(":target")).to_have_id("脚本%20")


def test_fits_the_screen_and_is_absent_from_print(tab: Page, base: str) -> None:
    tab.goto(base)
    ask(tab, "志愿")
    expect(tab.get_by_role("option").last).to_be_visible()
    button = tab.locator(".archive-search-open")
    chips = tab.get_by_role("group", name="只看一类").get_by_role("button")
    overflow = "it => [it.scrollWidth - it.clientWidth, it.scrollHeight - it.clientHeight]"
    for width, named in ((1280, True), (360, False)):
        tab.set_viewport_size({"width": width, "height": 640})
        box = button.locator("span").bounding_box()
        assert box is not None
        assert (box["width"] > 1) is named
        assert tab.evaluate(f"({overflow})(document.documentElement)")[0] == 0
        assert tab.get_by_role("dialog").evaluate(overflow) == [0, 0]
    boxes = [chip.bounding_box() for chip in chips.all()]
    assert len(boxes) > 1
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    tab.emulate_media(media="print")
    expect(tab.locator("dialog")).to_be_hidden()
    expect(button).to_be_hidden()


RANKED = [
    # A title equal to what was asked, past its number, before one that only holds it.
    *(
        (
            "志愿服务",
            [["more", "志愿服务队", "志愿服务" * 9], ["same", f"{number}志愿服务", ""]],
            ["same", "more"],
        )
        for number in ["", "（四）", "四、", "4. ", "四　", "第十二条 "]
    ),
    # A shorter title before a longer one, and any title before the text.
    (
        "志愿服务",
        [
            ["text", "文", "志愿服务" * 9],
            ["long", "全市志愿服务综述", ""],
            ["short", "志愿服务综述", ""],
        ],
        ["short", "long", "text"],
    ),
    # Both words in the title before one of them; as a phrase before apart.
    (
        "统计 制度",
        [
            ["one", "统计", "制度"],
            ["neither", "统计", ""],
            ["apart", "制度统计", ""],
            ["phrase", "各部门统计制度综合说明", ""],
            ["quoted", "“统计”、制度", ""],
        ],
        ["quoted", "phrase", "apart", "one"],
    ),
    # In the text: a phrase before words apart, close before far.
    (
        "统计 制度",
        [
            ["far", "文", "统计" + "，数" * 40 + "的制度"],
            ["near", "文", "统计的制度" + "，数" * 40],
            ["phrase", "文", "，数" * 40 + "的统计、制度"],
        ],
        ["phrase", "near", "far"],
    ),
    # More often, in less text.
    (
        "专报",
        [
            ["long", "文", "专报" + "，数" * 900],
            ["once", "文", "专报"],
            ["often", "文", "专报、专报、专报"],
        ],
        ["often", "once", "long"],
    ),
    # Where nothing tells them apart, as the navigation goes.
    ("专报", [["x", "文", "专报"], ["y", "文", "专报"]], ["x", "y"]),
    # A word no section holds whole: fewer pieces, and only where they cover all of it.
    (
        "志愿服务时长",
        [
            ["part", "文", "志愿服务"],
            ["three", "文", "志愿、服务、时长"],
            ["two", "文", "志愿服务，时长"],
        ],
        ["two", "three"],
    ),
    # Pieces that make up the title, though the text holds the word in as many others.
    (
        "志愿服务时长",
        [["half", "志愿服务活动", "时长"], ["title", "志愿服务总时长", "志愿，服务时长"]],
        ["title", "half"],
    ),
    # A title that holds all of a word in pieces is found beside a text that holds it whole.
    (
        "志愿服务时长",
        [["a", "文", "志愿服务时长"], ["b", "志愿服务总时长", ""], ["c", "志愿服务", "时长"]],
        ["b", "a"],
    ),
    # The pieces are found where the longest first would leave a character over.
    ("统计法律宣讲", [["a", "文", "统计法，统计，法律宣讲"]], ["a"]),
    # A number keeps its separators; its unit is a word of its own.
    (
        "1,234小时",
        [["a", "文", "1 234 小时"], ["b", "文", "1,234 小时"]],
        ["b"],
    ),
]


Raw = tuple[str, str, list[list[str]]]
"""Address and title of a page, and anchor, title and text of its sections; a row of a table has a field more."""


def index(*pages: Raw, minor: str = "", synonyms: Sequence[Sequence[str]] = ()) -> Any:
    """The index of a few pages as the browser holds it; the page at the address `minor` is a minor one."""
    made = [
        SearchPage(
            url,
            title,
            tuple(
                SearchSection(at, name or title, text, bool(row))
                for at, name, text, *row in sections
            ),
            url == minor and bool(minor),
        )
        for url, title, sections in pages
    ]
    script = index_script(made, synonyms)
    return json.loads(script.removeprefix("window.archiveSearch=").removesuffix(";\n"))


def found(tab: Page, raw: Any, query: str) -> Any:
    """What a query finds: what stands for its slips, whether it is near, and each hit's address and terms."""
    return tab.evaluate(
        """([raw, query]) => {
            const { prepare, search } = window.archiveSearchRanking;
            const { near, hits, instead } = search(prepare(raw), query);
            return {
                near,
                instead: instead.map((one) => [one.word, one.instead]),
                hits: hits.map(({ section: { page, anchor }, terms }) => [`${page.url}#${anchor}`, terms]),
            };
        }""",
        [raw, query],
    )


def order_of(tab: Page, raw: Any, query: str) -> list[str]:
    """The anchors of what a query finds."""
    return [at.partition("#")[2] for at, _ in found(tab, raw, query)["hits"]]


@pytest.mark.parametrize(("query", "sections", "order"), RANKED)
def test_order(asked: Page, query: str, sections: list[list[str]], order: list[str]) -> None:
    raw = index(("p/", "页", sections))
    assert order_of(asked, raw, query) == order
    assert not found(asked, raw, query)["near"]


def test_nearest_first_where_nothing_holds_it_all(asked: Page) -> None:
    sections = [
        ["title", "统计诚信", ""], ["less", "文", "统计，诚"], ["most", "文", "统计诚信，承诺书"],
    ]  # fmt: skip
    assert found(asked, index(("p/", "页", sections)), "统计诚信承诺制") == {
        "near": True,
        "instead": [],
        "hits": [["p/#most", ["统计诚信", "承诺"]], ["p/#title", ["统计诚信"]]],
    }


def test_fewest_pieces(asked: Page) -> None:
    raw = index(("p/", "页", [["", "页", "志愿，服务，时长，志愿服务，务时"]]))
    assert found(asked, raw, "志愿服务时长")["hits"] == [["p/#", ["志愿服务", "时长"]]]


def test_title_of_the_page_counts_but_not_alone(asked: Page) -> None:
    raw = index(
        ("q/", "别的页", [["x", "时长", "志愿服务以小时计"]]),
        (
            "p/",
            "志愿服务",
            [["", "", "概况"], ["a", "时长", "志愿服务以小时计"], ["b", "次数", "以次计"]],
        ),
    )
    queries = ["志愿服务", "志愿 时长", "志愿服务次数", "志愿服务 次数"]
    assert [order_of(asked, raw, query) for query in queries] == [
        ["", "a", "x"], ["a", "x"], ["b"], ["b"],
    ]  # fmt: skip


def test_a_draft_stands_after_what_holds_and_a_title_before_a_text(asked: Page) -> None:
    raw = index(
        ("d/", "请假制度", [["", "", ""], ["a", "条", "无偿献血"]]),
        ("p/", "报告", [["b", "节", "请假，无偿献血" + "字" * 300]]),
        minor="d/",
    )
    assert [order_of(asked, raw, query) for query in ("无偿献血", "请假")] == [
        ["b", "a"],
        ["", "b"],
    ]


def test_readers_pages_stand_before_the_guide_and_its_messages_last(asked: Page) -> None:
    """Unless asked for by their very title."""
    raw = index(
        ("guide/messages/pages/", "提示", [["m", "固定用语须只列一次", ""], ["n", "专报", ""]]),
        ("guide/", "怎样修改", [["g", "怎样登记固定用语", "固定用语"]]),
        ("report/", "报告", [["r", "节", "字" * 500 + "固定用语，怎样登记固定用语，专报"]]),
    )
    queries = ["固定用语", "怎样登记固定用语", "专报"]
    assert [order_of(asked, raw, query) for query in queries] == [
        ["r", "g", "m"], ["g", "r"], ["n", "r"],
    ]  # fmt: skip


def test_indicators_and_regulations_are_found_by_their_names_first(asked: Page) -> None:
    raw = index(
        ("report/", "报告", [["r", "请假制度和志愿时长", ""]]),
        ("records/leave/", "请假制度册", [["", "", ""]]),
        ("regulations/leave/", "新请假制度", [["", "", ""], ["art-1", "第一条", "请假制度"]]),
        ("figures/", "指标登记", [["hours", "志愿时长数", ""]]),
    )
    assert order_of(asked, raw, "请假制度")[0] == ""
    assert found(asked, raw, "请假制度")["hits"][0][0] == "regulations/leave/#"
    assert found(asked, raw, "志愿时长")["hits"][0][0] == "figures/#hours"


def test_a_row_is_found_with_its_section_after_what_is_called_so(asked: Page) -> None:
    raw = index(
        (
            "records/volunteering/",
            "志愿服务活动",
            [
                ["y2024", "2024年", "日期 活动"],
                ["record-a", "无偿献血", "2024-10-06 无偿献血 17", "row"],
                ["record-b", "义务植树", "2024-09-22 义务植树 8", "row"],
                ["y2025", "2025年", "日期 活动"],
                ["record-c", "无偿献血", "2025-10-06 无偿献血 21", "row"],
            ],
        ),
        ("report/", "报告", [["r", "组织无偿献血", ""]]),
    )
    assert order_of(asked, raw, "无偿献血") == ["r", "record-a", "record-c"]
    assert order_of(asked, raw, "2024年 献血") == ["record-a"]


LIKE = (
    "p/",
    "页",
    [["", "", "志愿者的请销假办法、统计诚信承诺、局长的时长很长、绿化"], ["t", "开展志愿服务", ""]],
)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        # Traditional characters, alone and among others.
        ("統計誠信承諾", ["统计诚信承诺"]),
        ("請銷假辦法", ["请销假办法"]),
        ("統计", ["统计"]),
        # Signs of every kind part words and are none.
        ("《志愿者》", ["志愿者"]),
        ("【统计】“局长”〔时长〕…—～「绿化」", ["统计", "局长", "时长", "绿化"]),
        ("志愿者·请销假", ["志愿者", "请销假"]),
        # Sounds: whole, with the last unfinished, their first letters, and in words with two sounds.
        ("zhiyuan", ["志愿"]),
        ("ZhiYuanFuWu", ["志愿服务"]),
        ("zhiyuanf", ["志愿服"]),
        ("zyfw", ["志愿服务"]),
        ("zhyfw", ["志愿服务"]),
        ("tjcxcn", ["统计诚信承诺"]),
        ("juzhang", ["局长"]),
        ("shichang", ["时长"]),
        ("lvhua", ["绿化"]),
        ("tongji 承诺", ["统计", "承诺"]),
        # A slip: another character, one left out, one twice, two changed; in letters as well.
        ("统计诚言承诺", ["统计诚信承诺"]),
        ("统计诚承诺", ["统计诚信承诺"]),
        ("统计诚信信承诺", ["统计诚信承诺"]),
        ("统计信诚承诺", ["统计诚信承诺"]),
        ("请肖假", ["请销假"]),
        ("zhiyaun", ["志愿"]),
        ("zhyuanfuwu", ["志愿服务"]),
        ("zhiyuuan", ["志愿"]),
        ("zhiyoanfuwu", ["志愿服务"]),
        # Synonyms, alone, within a longer word, in traditional characters, in letters of the other word.
        ("义工", ["志愿者"]),
        ("義工", ["志愿者"]),
        ("义工时长", ["志愿者", "时长"]),
        ("yigong", ["志愿者"]),
    ],
)
def test_what_is_written_otherwise_is_found(asked: Page, query: str, terms: list[str]) -> None:
    raw = index(LIKE, synonyms=[["义工", "志愿者", "志愿服务"]])
    hits = found(asked, raw, query)["hits"]
    assert terms in [found for _, found in hits]


@pytest.mark.parametrize("query", ["统记", "zhi", "z", "qwrt", "iouv", "🙂", "[", "\\", "(.*)"])
def test_two_characters_and_less_are_not_guessed(asked: Page, query: str) -> None:
    assert found(asked, index(LIKE), query) == {"near": False, "instead": [], "hits": []} | {
        "near": bool(re.search(r"\w", query))
    }


def test_what_is_written_so_stands_before_what_is_meant(asked: Page) -> None:
    raw = index(
        (
            "p/",
            "页",
            [["a", "志愿者", ""], ["b", "志愿", ""], ["c", "义工", ""], ["d", "zhiyuan", ""]],
        ),
        synonyms=[["义工", "志愿者"]],
    )
    assert order_of(asked, raw, "义工") == ["c", "a"]
    assert order_of(asked, raw, "志愿者") == ["a", "c"]
    assert order_of(asked, raw, "zhiyuan") == ["d", "b", "a"]


def test_a_slip_is_not_looked_for_where_the_word_is_there(asked: Page) -> None:
    raw = index(("p/", "页", [["a", "请销假", ""], ["b", "请消假", ""]]))
    assert found(asked, raw, "请消假")["hits"] == [["p/#b", ["请消假"]]]
    assert found(asked, raw, "请削假")["instead"] == [["请削假", ["请销假", "请消假"]]]


SHOWN = """([raw, query]) => {
    const { prepare, search, excerpt } = window.archiveSearchRanking;
    return excerpt(search(prepare(raw), query).hits[0]);
}"""


def test_excerpt_shows_where_the_words_stand_together(asked: Page) -> None:
    text = "统计一次，专报一次，A。" + "甲" * 60 + "统计专报Ａ" + "乙" * 120
    assert asked.evaluate(SHOWN, [index(("", "页", [["", "", text]])), "统计 专报 a"]) == [
        ["…"],
        ["甲" * 25],
        ["统计", True],
        ["专报", True],
        ["Ａ", True],
        ["乙" * 80],
        ["…"],
    ]


def test_excerpt_near_the_start_begins_there(asked: Page) -> None:
    text = "甲" * 39 + "专报" + "乙" * 80
    assert asked.evaluate(SHOWN, [index(("", "页", [["", "", text]])), "专报"]) == [
        [""], ["甲" * 39], ["专报", True], ["乙" * 69], ["…"],
    ]  # fmt: skip
