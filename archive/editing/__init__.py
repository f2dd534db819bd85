"""What editors are given, and how it comes back: sheets, forms, schemas for their tools.

In: a `Site` and its models; a filled-in workbook or form; a report as a file. Out: workbooks, forms,
schemas; changes to the records, or problems by cell and line; what a report says. `build`,
`proposals` and `commands` may use it.
"""
