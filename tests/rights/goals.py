from hanze.goals.models import Goal, Theme
from tests.rights import ADMINISTRATOR, READERS, Row


def _goal():
    return {"pk": Goal.objects.create(code="trade", name_nl="Handel", name_en="Trade").pk}


def _theme():
    return {"pk": Theme.objects.create(code="water", name_nl="Water", name_en="Water").pk}


ROWS = [
    Row("goals:goal-list", READERS),
    Row("goals:administer-goals", {ADMINISTRATOR}),
    Row("goals:goal-create", {ADMINISTRATOR}),
    Row("goals:goal-change", {ADMINISTRATOR}, _goal),
    Row("goals:administer-themes", {ADMINISTRATOR}),
    Row("goals:theme-create", {ADMINISTRATOR}),
    Row("goals:theme-change", {ADMINISTRATOR}, _theme),
]
