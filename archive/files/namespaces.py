"""Names of namespaces in untrusted XML have a bound: whatever asks an element for its name is given it each time.

A file of a megabyte may so hold fifty thousand names of a megabyte each.
"""

from typing import Any, cast

from lxml import etree

MAX_NAMESPACE = 500
"""Characters of the name of a namespace; those that programs write have some eighty."""
_SMALL = 50_000
"""Octets of XML that are no danger, whatever they hold."""


class LongNamespaceError(ValueError):
    """A namespace has a longer name."""


class NamespaceWatch:
    """Part of the target of a parser: raises `LongNamespaceError` for a name that is too long."""

    def start_ns(self, _: str, name: str) -> None:
        """Take the beginning of a namespace."""
        if len(name) > MAX_NAMESPACE:
            raise LongNamespaceError


class _Watch(NamespaceWatch):
    """Looks at nothing else."""

    def close(self) -> None:
        """Take the end of the text."""


def has_long_namespace(raw: bytes) -> bool:
    """Return whether XML has a namespace with too long a name, as far as it can be read."""
    if len(raw) < _SMALL:
        return False
    parser = etree.XMLParser(target=cast(Any, _Watch()), resolve_entities=False, no_network=True)
    try:
        etree.fromstring(raw, parser)
    except LongNamespaceError:
        return True
    except (etree.XMLSyntaxError, ValueError):
        return False  # what is wrong is told by whoever reads it
    return False
