"""What editors are given, and how it comes back: sheets, forms, schemas for their tools.

In: a `Site` and its models; a filled-in workbook or form. Out: workbooks, forms, schemas; changes to
the records, or problems by cell and line. `proposals` and `commands` may use it.
"""
