"""The demonstration: the archive of an invented bureau, 示例市统计局; every run writes the same."""
