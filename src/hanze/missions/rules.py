"""Who may do what with activities. The record is the activity (or the request that one is planned from)."""

import rules

from hanze.accounts.permissions import is_communications, is_coordinator, is_officer, is_reader, sees

rules.add_perm("missions.list_activities", is_reader)
rules.add_perm("missions.add_activity", is_officer & sees)
rules.add_perm("missions.change_activity", is_officer & sees)
rules.add_perm("missions.close_activity", is_officer & sees)
rules.add_perm("missions.settle_measure", is_officer & sees)
rules.add_perm("missions.waive_measure", is_coordinator & sees)
rules.add_perm("missions.publish_report", (is_communications | is_coordinator) & sees)
