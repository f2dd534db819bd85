"""Demonstration data: 示例市统计局, made up throughout, the same at every run."""
