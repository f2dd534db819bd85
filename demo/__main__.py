"""`python -m demo FOLDER` replaces FOLDER by the demonstration, a whole archive."""

import shutil
import sys
from pathlib import Path

from demo.names import left_in
from demo.write import write

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m demo 目录")
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    write(Path(__file__).parent.parent, folder)
    for path, line, name in left_in(folder):
        print(
            f"{path}:{line}: 像是真实的名称：{name}；是的，请加进 demo/names.yml", file=sys.stderr
        )
