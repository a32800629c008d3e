from hanze.sheets.models.imports import Effect, Import, ImportedSheet, ImportRow, KnownHeadings

__all__ = ["Effect", "Import", "ImportRow", "ImportedSheet", "KnownHeadings"]
