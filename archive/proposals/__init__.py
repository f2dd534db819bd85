"""What a proposed change does: differences between two states, and pull requests.

In: two commits, or an issue or pull request of a forge. Out: the figures, records and pages that differ;
comments, branches, pull requests. `commands` alone may use it.
"""
