"""What must not go out: private numbers, addresses and names, traces of editing, in texts and files.

Each detector takes a text, or a file's bytes, and gives findings; none knows where the text is from.
What is found is told with its middle masked: a message is no place for it either.
"""
