"""Every change of state of the archive."""

from hanze.archive.accounts import erase_account, export_account
from hanze.archive.carrying_out import carry_out
from hanze.archive.disposals import approve, propose, withdraw
from hanze.archive.erasing import erase_person
from hanze.archive.exporting import export_person
from hanze.archive.packing import pack
from hanze.archive.retention import change_term, follow

__all__ = [
    "approve",
    "carry_out",
    "change_term",
    "erase_account",
    "erase_person",
    "export_account",
    "export_person",
    "follow",
    "pack",
    "propose",
    "withdraw",
]
