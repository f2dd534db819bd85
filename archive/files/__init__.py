"""Read files as plain data with line numbers, and write them.

In: the bytes of YAML, Markdown, workbooks and zips. Out: documents, pages and cells with their file
and line, and problems (`path:line: message`) where something cannot be read; also the cache between
runs. Every room but `schema` may use it.
"""
