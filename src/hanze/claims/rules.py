"""Who may see and decide on claims. Each is as the record it is about: `facts.Sheet.reading` and `.changing`; an
application also needs to be one that may decide at all."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_officer, is_reader

add_perm("claims.list_claims", is_reader)
add_perm("claims.add_claim", is_officer)
add_perm("claims.decide_claim", is_officer)
