"""`python -m archive` is `archive`."""

from archive.commands.cli import run

run()
