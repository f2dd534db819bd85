"""What the forges say of their own APIs, cut down to the calls made here: `KIND.json`, written by `cut.py`."""
