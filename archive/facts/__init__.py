"""Everything recorded, read and evaluated: values, states, places, evidence, history.

In: the folders of a project, read through `files`. Out: a `Site`, which gives every value, state and
page; nothing here knows HTML, rules or MkDocs. `checks` and every room after it may use it.
"""
