"""Proposed changes: the differences between two revisions, and pull requests.

In: two revisions, or an issue or pull request of a forge. Out: the figures, records and pages that
differ; comments, branches, pull requests. Only `commands` may use it.
"""
