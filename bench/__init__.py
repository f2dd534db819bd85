"""Measure time and size of the site and of a stock MkDocs site; it fails only if a cost grows faster than its work."""
