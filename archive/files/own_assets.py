"""The files of docs/ that the program itself brings: the site's own design, the guide's pictures."""

OWN_ASSETS = frozenset({
    "assets/favicon.svg", "assets/logo.svg", "assets/poster.css", "assets/press.css", "assets/press.js",
    "assets/print.css", "assets/search.css", "assets/search.js", "assets/site.css",
})  # fmt: skip
"""Their paths within docs/, and within the built site."""
OWN_PICTURES = frozenset(
    f"guide/pictures/{name}.webp"
    for name in ("edit-page", "figure", "record", "regulation", "search")
)
"""The pictures of the guide, which the program makes of its own demonstration."""
