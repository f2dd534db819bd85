"""The command line; the only room that imports click. A command is one function.

In: the arguments typed. Out: messages in Chinese and an exit code. No other room may use it.
"""

import gc

# Garbage is collected seldom: what a command imports and reads stays until it ends.
gc.set_threshold(50_000, 20, 20)
