"""Every change of state of the archive."""

from hanze.archive.erasing import erase_person
from hanze.archive.exporting import export_person

__all__ = ["erase_person", "export_person"]
