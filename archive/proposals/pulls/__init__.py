"""Pull requests: the comment for reviewers, and making one from a filed form."""
