"""Take back a merged pull request: found in the history, reverted as a change of its own, checked."""
