"""`python launch.py REPORT COMMAND…`: run a command from a small process, and write what it cost as JSON.

A process begins with the peak memory of the one that starts it; the bench, which has read sites, would
measure its own. It runs as a file, so that nothing else is imported.
"""

import json
import os
import sys
import time


def main(report: str, command: list[str]) -> None:
    """Write exit code, seconds by the clock and of processor time, peak memory in bytes to `report`."""
    begun = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    processor = usage.ru_utime + usage.ru_stime
    found = os.waitstatus_to_exitcode(status), seconds, processor, usage.ru_maxrss * 1024
    with open(report, "w") as file:  # noqa: PTH123 (importing pathlib takes memory)
        json.dump(found, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
