"""The archive of a public body: from records to a checked site, on screen and on paper.

Twelve rooms, in the order the data goes; CONTRIBUTING.md leads to the right one.
"""
