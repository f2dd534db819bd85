"""Build and preview the site: engine, editions, downloads, search index, searches of the result.

In: a project. Out: a folder with the finished site, or problems. Only `commands` may use it.
"""
