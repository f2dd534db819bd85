"""What must not go out: private numbers, addresses and names, traces of editing, in texts and files.

In: a text, or a file's bytes; no detector knows where it is from. Out: findings, told with their
middle masked: a message is no place for the rest either. `facts` and every room after it may use it.
"""
