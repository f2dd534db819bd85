"""A collection as a spreadsheet for people who have never seen a repository, and back."""
