"""Who may do what with watchlists and findings. Findings are confidential: `sees` keeps them to the case."""

from rules.permissions import add_perm

from hanze.accounts.models import Role
from hanze.accounts.permissions import (
    holds,
    is_administrator,
    is_auditor,
    is_coordinator,
    is_executive,
    is_officer,
    sees,
)

may_read = is_officer | is_executive | is_auditor

add_perm("watchlists.list_lists", may_read | is_administrator)
add_perm("watchlists.change_list", holds(Role.COORDINATOR, Role.ADMINISTRATOR))
add_perm("watchlists.bring_into_force", is_coordinator)
add_perm("watchlists.list_findings", may_read)
add_perm("watchlists.view_every_party", is_coordinator | is_executive | is_auditor)
add_perm("watchlists.view_finding", may_read & sees)
add_perm("watchlists.decide_finding", is_officer & sees)
add_perm("watchlists.screen_party", is_officer)
