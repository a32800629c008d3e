"""Who may see and decide on claims. Each is as the record it is about: `facts.Sheet.reading` and `.changing`."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_reader

add_perm("claims.list_claims", is_reader)
