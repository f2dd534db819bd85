"""Texts made of pieces of HTML and Markdown at random, the same at every run."""

from collections.abc import Iterator
from random import Random

PIECES = (
    "<", ">", "/", '"', "'", "=", " ", "\n", "\n\n", "`", "``", "```", "~~~", "<!--", "-->", "--!>", "<!", "<?", "?>",
    "]]>", "<![CDATA[", "<script", "<script>", "</script>", "<svg>", "</svg>", "<style>", "</style>", "<title>",
    "</title>", "<p", "<p>", "</p>", "<div>", "</div>", "<img ", "<img src=x ", "onerror=alert(1)", "href=",
    'onerror="alert(1)"', "javascript:alert(1)", "java&#10;script:", "&lt;", "&gt;", "&quot;", "&#60;", "<a ",
    '<a href="', "</a>", "<b>", "</b>", "[x](", "[x]: ", "(", ")", "[", "]", "}", "{ .x }", "{ onclick=alert(1) }",
    "{ #__config }", "# ", "- ", "> ", "    ", "\\", "<math>", "<table>", "<td>", "</table>", "<textarea>",
    "<noscript>", '<iframe srcdoc="', 'style="', 'title="', "id=", "class=", "&", "x", "甲", "~~~~ html-as-is\n",
    "<br/>", "<hr>", "| a | b |\n|---|---|\n", "*", "_", "</article>", "<foreignObject>", "<desc>", "<text>", "\t",
    "<P>", "<select>", "<option>", "<template>", "<plaintext>", "<xmp>", "<form>", '<button type="button">',
)  # fmt: skip


def texts(number: int, most: int) -> Iterator[str]:
    """So many texts, each of two to `most` pieces."""
    random = Random(13)
    for _ in range(number):
        yield "".join(random.choices(PIECES, k=random.randint(2, most)))
