"""Export a collection to a spreadsheet that clerks fill in, and import it again."""
