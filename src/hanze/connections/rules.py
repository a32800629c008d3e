"""Who looks after the programs that use Hanze."""

import rules

from hanze.accounts.permissions import is_administrator, is_auditor, is_reader

rules.add_perm("connections.administer", is_administrator)
rules.add_perm("connections.view_applications", is_administrator | is_auditor)
rules.add_perm("connections.keep_feeds", is_reader)
