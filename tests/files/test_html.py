"""Entities as a browser shows them, however they are written."""

import pytest

from archive.files.html import unescaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lt;甲&gt; &amp;amp;", "<甲> &amp;"),
        ("&#65;&#x41;&#X0041;", "AAA"),
        (f"&#{'0' * 5000}65;乙", "A乙"),
        (f"&#x{'0' * 5000}41;乙", "A乙"),
        (f"&#{'9' * 5000};乙", "\ufffd乙"),
        (f"&#{'9' * 8}乙", "\ufffd乙"),
        (f"&#x{'f' * 5000};乙", "\ufffd乙"),
        ("&#0;&#;&#x;", "\ufffd&#;&#x;"),
    ],
)
def test_entities_are_what_a_browser_shows(text: str, shown: str) -> None:
    assert unescaped(text) == shown
