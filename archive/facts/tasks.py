"""The tasks that reports set: which are done, which are overdue."""

from datetime import date

from archive.schema.kinds import Kinds, in_role
from archive.schema.measures import Task


def is_done(task: Task, kinds: Kinds) -> bool:
    """Return whether nothing is left to do."""
    return task.state is not None and task.state == in_role(kinds, "task_states", "done")


def is_overdue(task: Task, kinds: Kinds, as_of: date) -> bool:
    """Return whether the due date of an unfinished task is before `as_of`."""
    return not is_done(task, kinds) and task.due is not None and task.due < as_of
