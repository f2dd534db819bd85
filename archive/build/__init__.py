"""The whole site: engine, editions, downloads, search index, scan, preview.

In: a project. Out: a folder of finished pages, or problems and nothing. `commands` alone may use it.
"""
