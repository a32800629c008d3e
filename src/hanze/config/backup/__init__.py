"""Everything of an installation in one file, and back: `hanze backup FILE`, `hanze restore FILE`.

The file is a zip: `rows/<app>.<model>.jsonl` (one row a line, the same from SQLite and PostgreSQL), `files/…` (what was
uploaded), `frameworks/…` (those in force) and `manifest.json` with the version, the migrations, and of each entry its
size, SHA-256 and, for rows, how many.
"""

from __future__ import annotations

FORMAT = 1
MANIFEST = "manifest.json"
ROWS, FILES, FRAMEWORKS = "rows/", "files/", "frameworks/"
LAST_BACKUP = "last-backup.json"


class BackupError(Exception):
    """Why a backup could not be made or brought back, in words for whoever runs Hanze."""
