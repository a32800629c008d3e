"""Who may open which address of frameworks."""

from __future__ import annotations

from tests.rights import READERS, Row

ROWS = [
    Row("frameworks:framework-list", READERS),
    Row("frameworks:framework-detail", READERS, lambda: {"framework": "zh-china", "version": "2022-12-14"}),
]
