import rules

from hanze.accounts.permissions import is_administrator, is_auditor, is_reader

rules.add_perm("accounts.administer", is_administrator)
rules.add_perm("accounts.list_accounts", is_administrator | is_auditor)
rules.add_perm("audit.view_log", is_auditor | is_administrator)
rules.add_perm("web.view_today", is_reader)
rules.add_perm("web.search", is_reader)
