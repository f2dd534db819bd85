"""How fast and how small the site is beside stock MkDocs: measured, reported, never failed."""
