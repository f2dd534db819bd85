"""What must not be published: private numbers, addresses, names and traces of editing.

In: a text, or the bytes of a file; no detector knows where they come from. Out: leaks, each quoted
with its middle masked, because messages are read by others too. `facts` and every room after it may
use it.
"""
