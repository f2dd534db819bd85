"""The files of docs/assets/ that the program itself brings: the site's own design."""

OWN_ASSETS = frozenset({
    "assets/favicon.svg", "assets/logo.svg", "assets/poster.css", "assets/press.css", "assets/press.js",
    "assets/print.css", "assets/search.css", "assets/search.js", "assets/site.css",
})  # fmt: skip
"""Their paths within docs/, and within the built site."""
