"""The public edition: a source tree in which whatever is not public does not exist any more.

Values become masks, records and pages are left out, counted figures are frozen to value or mask;
then the ordinary build runs from that tree, and nothing downstream can leak what it never had. What
is public is decided by the marks of the schema's fields (`archive.schema.disclosure`) and by the
kinds of page; a record, an entry or a page may narrow that, none widens it.

Git does not reach the public edition: neither its history nor the day of a commit nor an address of
the repository is in the tree.
"""
