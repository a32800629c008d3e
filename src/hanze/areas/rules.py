"""Who may do what with initiatives for clusters. What belongs to an initiative has the rights of the initiative."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_officer, is_reader, sees

add_perm("areas.list_initiatives", is_reader)
add_perm("areas.view_initiative", is_reader & sees)
add_perm("areas.create_initiative", is_officer)
add_perm("areas.change_initiative", is_officer & sees)
