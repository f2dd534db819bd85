"""What the scan lets pass of built pages, a browser reads as the scan did."""

from playwright.sync_api import Browser

from archive.build.elements import ARTICLE, FURNITURE
from archive.build.markup import faults
from tests.samples.built import built
from tests.samples.markup import texts

READ = """([pages, allowed]) => pages.filter((page) => {
  const read = new DOMParser().parseFromString(page, "text/html");
  const fine = (element) => allowed.includes(element.localName)
    && !/^(script|style|link|meta|form|base)$/.test(element.localName)
    && [...element.attributes].every(({ name, value }) => (
      !/^on|^srcdoc$|^style$/i.test(name)
      && (!/^(href|src)$/.test(name)
        || /^(https?|mailto|tel):$/.test(new URL(value, "https://site.example/").protocol))
    ));
  return ![...read.querySelectorAll("*")].every(fine);
})"""


def test_a_browser_reads_nothing_else(chromium: Browser) -> None:
    passed = [page for page in map(built, texts(60_000, 9)) if not faults(page)]
    assert len(passed) > 500
    with chromium.new_context() as context:
        allowed = sorted({*ARTICLE, *FURNITURE})
        assert context.new_page().evaluate(READ, [passed, allowed]) == []


def test_the_browser_would_tell(chromium: Browser) -> None:
    page = built('<p title="</p>">x</p><p title=x onclick=y>')
    with chromium.new_context() as context:
        assert context.new_page().evaluate(READ, [[page], ["p"]]) == [page]
