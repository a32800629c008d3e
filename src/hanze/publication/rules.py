"""Who makes records public and takes them back."""

from rules import add_perm

from hanze.accounts.permissions import is_auditor, is_communications, is_coordinator, sees

add_perm("publication.publish", (is_communications | is_coordinator) & sees)
add_perm("publication.list", is_communications | is_coordinator | is_auditor)
