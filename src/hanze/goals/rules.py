"""Who may do what with goals and themes."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_administrator, is_reader

add_perm("goals.list_goals", is_reader)
add_perm("goals.administer", is_administrator)
