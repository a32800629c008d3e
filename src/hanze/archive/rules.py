"""Who may handle personal data and the terms of the archive."""

from rules import add_perm

from hanze.accounts.permissions import is_administrator, is_auditor, is_coordinator, sees

add_perm("archive.export_person", is_coordinator & sees)
add_perm("archive.erase_person", is_coordinator & sees)
add_perm("archive.erase_account", is_administrator)
add_perm("archive.view_erasures", is_coordinator | is_auditor)
add_perm("archive.list_erasures", is_coordinator | is_auditor | is_administrator)
add_perm("archive.view", is_coordinator | is_auditor)
add_perm("archive.manage", is_coordinator & sees)
