"""The collections of the sample sites."""

from archive.schema.collections import BUILT_IN, LEDGERS

COLLECTIONS = {**LEDGERS, **BUILT_IN}
TABLES = {"figures": "指标登记", **{name: one.label for name, one in COLLECTIONS.items()}}
"""The tables they offer for download, each with its label."""
