"""Measure time and size of the site and of a stock MkDocs site; reports only, never fails."""
