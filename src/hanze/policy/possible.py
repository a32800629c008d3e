"""Which outcomes can still follow, by the mask program: filling in an unknown fact is one AND of whole numbers.

The search is that of `standing`, for frameworks whose rules test asked facts by constants only; the others are left to
it. A column that is not known yet keeps all rules possible; each of its values takes those away that it excludes.
"""

from __future__ import annotations

from functools import lru_cache

from hanze.policy import standing
from hanze.policy.domains import representatives
from hanze.policy.framework import Framework, Outcome
from hanze.policy.looking import Column
from hanze.policy.masks import Program, compile_framework
from hanze.policy.standing import DEEPEST_SEARCH, EFFORT_OF_PROOF, NOTHING_FIRES, Standing

RULES_A_STEP = 4
"""A step of this search takes about as long as looking at so many rules one by one."""


def possible(case: Standing, effort: int, among: tuple[Outcome, ...] | None = None) -> tuple[Outcome, ...]:
    """Every outcome (of those in `among`) that some filling-in of the unknown facts leads to, from mild to strict.

    Exact when the search for each outcome ends within `effort` (in rules looked at one by one); an outcome that has
    not been excluded by then is taken to be possible, so the answer is always sound.
    """
    framework = case.framework
    program = compile_framework(framework)
    if not program.is_constant:
        return standing.possible_outcomes(case, effort, among)
    unknown = tuple(column for column in program.columns if case.known[column.fact.id] is None)
    holding = program.every_rule
    for column in program.columns:
        if case.known[column.fact.id] is not None:
            holding &= program.looked(column, case.known[column.fact.id]).holds
    row = program.judged(*_decided(program, holding, unknown)[:2])
    found: list[Outcome] = []
    for rank, outcome in enumerate(framework.scale):
        if not row.reach >> rank & 1 or (among is not None and outcome not in among):
            continue
        if not unknown:
            found.append(outcome)
            continue
        levels = [rank] if program.levels[rank] else []
        levels += [NOTHING_FIRES] if rank == program.otherwise else []
        if any(_Search(program, level, effort).reaches(holding, unknown) for level in levels):
            found.append(outcome)
    return tuple(found)


def can_leave_without_advice(framework: Framework) -> bool:
    """Whether there may be a case for which no rule gives an advice; exact up to `EFFORT_OF_PROOF`."""
    program = compile_framework(framework)
    if not program.is_constant:
        return standing.can_leave_without_advice(framework)
    return _Search(program, NOTHING_FIRES, EFFORT_OF_PROOF).reaches(program.every_rule, program.columns)


def _decided(program: Program, holding: int, unknown: tuple[Column, ...]) -> tuple[int, int, int]:
    """The rules that hold, those that are undecided, and those of which the cells are, whatever their tables say."""
    fires = holding
    for column in unknown:
        fires &= column.elsewhere
    fired, maybe = program.settled(fires, holding)
    return fired, maybe & ~fired, holding & ~fires


@lru_cache(maxsize=1024)
def _choices(column: Column, framework: Framework) -> tuple[int, ...]:
    """The rules that each class of values of a column lets hold, each once."""
    return tuple(dict.fromkeys(holding for holding, _ in column.pairs(representatives(column.fact, framework))))


class _Search:
    """Looks for a filling-in of the unknown facts under which the strictest advice has exactly one level."""

    def __init__(self, program: Program, level: int, effort: int) -> None:
        self.program = program
        self.steps = effort // RULES_A_STEP
        self.nothing = level == NOTHING_FIRES
        self.wanted = 0 if self.nothing else program.levels[level]
        self.stricter = sum(program.levels[level + 1 :])

    def reaches(self, holding: int, unknown: tuple[Column, ...], depth: int = 0) -> bool:
        self.steps -= 1
        if self.steps < 0 or depth > DEEPEST_SEARCH:
            return True
        fired, undecided, open_cells = _decided(self.program, holding, unknown)
        if fired & self.stricter:
            return False
        stricter = undecided & self.stricter
        if not stricter and (fired & self.wanted or self.nothing):
            return True
        hanging = stricter or undecided & self.wanted
        if not hanging:
            return False
        column = self._next(self.program.before(hanging) & open_cells, unknown)
        rest = tuple(each for each in unknown if each is not column)
        return any(
            self.reaches(holding & choice, rest, depth + 1) for choice in _choices(column, self.program.framework)
        )

    @staticmethod
    def _next(rules: int, unknown: tuple[Column, ...]) -> Column:
        """The unknown column at which most of these rules look."""
        return max(unknown, key=lambda column: (rules & ~column.elsewhere).bit_count())
