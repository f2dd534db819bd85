"""`python -m archive` is `archive`."""

from archive.commands.cli import main

main(prog_name="archive")
