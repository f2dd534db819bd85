"""Pull requests: what a reviewer is told of one, and how a filed form becomes one."""
