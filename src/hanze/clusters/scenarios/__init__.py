"""Plans over the years in several futures: what each is worth, what could be regretted, which assumption matters
most.
"""

from hanze.clusters.scenarios.morris import Effect, effects
from hanze.clusters.scenarios.regret import Regret, regret
from hanze.clusters.scenarios.years import Plan, Projection, Scenario, growing, project, what_matters

__all__ = [
    "Effect",
    "Plan",
    "Projection",
    "Regret",
    "Scenario",
    "effects",
    "growing",
    "project",
    "regret",
    "what_matters",
]
