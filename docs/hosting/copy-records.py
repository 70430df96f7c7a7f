"""Copy the records of a running Waypost: python3 copy-records.py records.sqlite copy.sqlite.

SQLite's own online copy: readers and an import go on meanwhile, and the copy is of one moment. It is checked before
it takes the place of an older one.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from_, to = sys.argv[1:]
part = f"{to}.part"
with (
    closing(sqlite3.connect(f"file:{from_}?mode=ro", uri=True)) as source,
    closing(sqlite3.connect(part)) as copy,
):
    source.backup(copy)
    (found,) = copy.execute("PRAGMA integrity_check").fetchone()
if found != "ok":
    sys.exit(f"The copy is damaged: {found}")
Path(part).replace(to)
