"""Who may do what with evaluations."""

import rules

from hanze.accounts.permissions import is_administrator, is_coordinator, is_reader, sees

rules.add_perm("evaluation.list_evaluations", is_reader)
rules.add_perm("evaluation.view_evaluation", is_reader & sees)
rules.add_perm("evaluation.create_evaluation", is_coordinator)
rules.add_perm("evaluation.change_evaluation", is_coordinator & sees)
rules.add_perm("evaluation.freeze_evaluation", is_coordinator & sees)
rules.add_perm("evaluation.change_recorded_years", is_coordinator | is_administrator)
