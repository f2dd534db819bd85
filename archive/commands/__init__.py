"""The command line; the only room that imports click. A command is one function.

In: the arguments typed. Out: messages in Chinese and an exit code. No other room may use it.
"""
