"""Who may bring in spreadsheets. What a row may do is up to the operation that it goes through."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_auditor, is_officer, sees

add_perm("sheets.list_imports", is_officer | is_auditor)
add_perm("sheets.view_import", (is_officer | is_auditor) & sees)
add_perm("sheets.add_import", is_officer)
add_perm("sheets.change_import", is_officer & sees)
add_perm("sheets.undo_import", is_officer & sees)
