"""Source trees made from the project's: the public edition, and the figures of a release.

The public edition is built from a tree that holds only what is public. Values become masks,
non-public records and pages are left out, counted figures are frozen to a value or a mask. The
ordinary build then runs from that tree and cannot leak what it never had. The schema's field marks
(`archive.schema.disclosure`) and the page models decide what is public; a record, an entry or a
page may narrow that, never widen it.

The tree holds nothing from Git: no history, no date of a commit, no address of the repository. Of the
site built from it, the manifest and the list of dependencies name the commit, so that what is published
can be held against what was reviewed; pages and print files name the as-of day, as in every edition. The
guide says so (archive/guide/publishing.md, #public-git), and a test that nothing else does.
"""
