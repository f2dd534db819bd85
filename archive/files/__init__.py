"""Files as plain data with the lines they stand on, and back again.

In: the bytes of YAML, Markdown, workbooks and zips. Out: documents, pages and cells that know their
file and line, and problems (`path:line: message`) where something cannot be read; also what is
remembered between runs. Every room but `schema` may use it.
"""
