"""Everything recorded, gathered and worked out: values, states, places, evidence, history.

In: the folders of a project, by way of `files`. Out: a `Site`, of which every value, state and page
can be asked; nothing here knows HTML, rules or the engine. `checks` and every room after it may use it.
"""
