"""The command line, the only room that knows click: one command, one module or one function.

In: what somebody typed. Out: messages in Chinese and an exit status. No room may use it.
"""
