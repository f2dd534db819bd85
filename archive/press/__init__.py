"""From the built site to what is printed: each article as a tree of blocks, set as PDF and Word."""
