"""The result of a plan as a page, a comparison and a report show it: named farms, rows, and plain words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.areas.models import PlanRun
from hanze.areas.planning import texts
from hanze.areas.planning.assumptions import Assumptions
from hanze.reporting import written

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a plan that was made says, in the language in force. Farms are rows with `code` and `name`."""

    run: PlanRun

    @cached_property
    def assumptions(self) -> Assumptions:
        return Assumptions.of(self.run.assumptions)

    @cached_property
    def farms(self) -> dict[str, Row]:
        return {farm["code"]: farm for farm in self.run.result["farms"]}

    def name(self, code: str) -> str:
        """A farm as it is called, with its number."""
        name = self.farms.get(code, {}).get("name", "")
        return f"{name} ({code})" if name else code

    @cached_property
    def clusters(self) -> list[Row]:
        """Each cluster with its farms, and at the end who lies alone."""
        found = [
            each | {"members": [self.name(code) for code in each["farms"]]} for each in self.run.result["clusters"]
        ]
        alone = [farm for farm in self.farms.values() if not farm["cluster"]]
        if alone:
            hectares = sum(farm["hectares"] or 0 for farm in alone)
            members = [self.name(farm["code"]) for farm in alone]
            found.append(
                {"number": 0, "farms": [farm["code"] for farm in alone], "hectares": hectares, "members": members}
            )
        return found

    @cached_property
    def regions(self) -> list[Row]:
        return [each | {"members": [self.name(code) for code in each["farms"]]} for each in self.run.result["regions"]]

    @cached_property
    def hubs(self) -> list[Row]:
        served = {hub["farm"]: hub for hub in self.run.result["hubs"]["at"]}
        farms = list(self.farms.values())
        return [
            hub
            | {
                "name": self.name(code),
                "members": [farm | {"called": self.name(farm["code"])} for farm in farms if farm["hub"] == code],
            }
            for code, hub in served.items()
        ]

    @property
    def hubs_in_words(self) -> str:
        """How good the hubs are: the best there is only when that was proven."""
        return how_good(self.run.result["hubs"])

    @property
    def land_in_words(self) -> str:
        land = self.run.result["land"]
        if land["before"] and not land["bound"]:
            return _(
                "The best that was found. How far it is from the best there is was not computed: there is too much."
            )
        return how_good(land | {"value": land["after"], "proven": land["gap"] <= 1e-9})

    @cached_property
    def exchanges(self) -> list[Row]:
        """Each product (in each area) with who brings what to whom, what comes from elsewhere, and what stays."""
        found = []
        for each in self.run.result["exchanges"]:
            matches = [
                one | {"giver": self.name(one["from"]), "taker": self.name(one["to"])} for one in each["matches"]
            ]
            unmet = [one | {"name": self.name(one["farm"])} for one in each["unmet"]]
            left = [one | {"name": self.name(one["farm"])} for one in each["left"]]
            sums = {
                "unmet_in_all": sum(one["amount"] for one in unmet),
                "left_in_all": sum(one["amount"] for one in left),
            }
            sums["saving"] = round(each["saving"])
            sums["amount"] = sum(one["amount"] for one in matches)
            found.append(each | sums | {"matches": matches, "unmet": unmet, "left": left})
        return found

    @cached_property
    def land(self) -> Row:
        """The swaps, and what they do to each owner that they touch."""
        land = self.run.result["land"]
        moves = [one | {"giver": self.name(one["from"]), "taker": self.name(one["to"])} for one in land["moves"]]
        owners = [
            one
            | {
                "name": self.name(one["farm"]),
                "change": round(one["value"][1] - one["value"][0]),
                "percent": 100 * (one["value"][1] - one["value"][0]) / one["value"][0] if one["value"][0] else 0.0,
            }
            for one in land["owners"]
        ]
        return land | {"moves": moves, "owners": owners, "saving": land["before"] - land["after"]}

    @cached_property
    def balance(self) -> list[tuple[str, list[Row]]]:
        """The lines of people, planet and profit, each with its coefficients."""
        kept, language = self.run.result["balance"], language_in_force()
        sources = {one["id"]: one | {"called": one["label"][language]} for one in self.coefficients}
        themes = []
        for theme, label in texts.THEMES.items():
            lines = [
                line
                | {
                    "called": line["label"][language],
                    "unit": texts.word(texts.UNITS, line["unit"]),
                    "slug": line["id"].replace("_", "-"),
                    "coefficients": [sources[name] for name in line["uses"]],
                    "said": texts.word(texts.STATUSES, line["status"]),
                    "better_percent": round(100 * line["certain"]),
                    "changes": any(abs(number) > 1e-9 for number in line["difference"]),
                }
                for line in kept["lines"]
                if line["theme"] == theme
            ]
            themes.append((str(label), lines))
        return themes

    @cached_property
    def coefficients(self) -> list[Row]:
        language = language_in_force()
        return [
            one | {"called": one["label"][language], "said": texts.word(texts.STATUSES, one["status"])}
            for one in self.run.result["balance"]["coefficients"]
        ]

    @cached_property
    def invented(self) -> bool:
        """Whether farms, parcels or goods of the initiative are invented, so that the plan is an example."""
        lists = self.run.initiative.lists.filter(state="done", provenance="invented")
        return lists.exclude(kind="areas").exists()

    @cached_property
    def parties(self) -> dict[str, list[tuple[str, str]]]:
        """The key and the name of each party behind a line that counts them; who was taken away since has no name."""
        counted: dict[str, list[int]] = self.run.result.get("parties", {})
        names = dict(self.run.initiative.parties.values_list("pk", "name"))
        gone = _("taken away since")
        return {line: [(str(pk), names.get(pk, gone)) for pk in keys] for line, keys in counted.items()}

    @property
    def unverified(self) -> bool:
        return any(one["status"] != "verified" for one in self.coefficients)

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """Lines that were not computed, with what is not known."""
        language = language_in_force()
        return [
            (each["label"][language], ", ".join(texts.word(texts.QUANTITIES, name) for name in each["names"]))
            for each in self.run.result["balance"]["missing"]
        ]

    @cached_property
    def years(self) -> Row:
        """What each course is worth in each future and what it could be regretted; the assumptions, strongest first."""
        kept = self.run.result["years"]
        courses = [
            {
                "name": texts.word(texts.COURSES, code),
                "investment": round(kept["investment"][at]),
                "present": [round(euro) for euro in kept["present"][at]],
                "worst": round(kept["worst"][at]),
            }
            for at, code in enumerate(kept["courses"])
        ]
        effects = [
            each | {"called": texts.word(texts.ASSUMPTIONS, each["name"]), "strength": round(each["strength"])}
            for each in kept["effects"]
            if each["strength"]
        ]
        return kept | {
            "courses": courses,
            "futures": [texts.word(texts.FUTURES, code) for code in kept["futures"]],
            "effects": effects,
            "least_regret": texts.word(texts.COURSES, kept["least_regret"]),
            "safest": texts.word(texts.COURSES, kept["safest"]),
        }


def how_good(found: Row) -> str:
    """A value that a search found, beside the bound that nothing goes below: "best" only when that was proven."""
    if found["proven"]:
        return _("This is the best there is: the search proved that nothing does better.")
    share = written(round(100 * found["gap"], 1), language_in_force())
    return _("The best that was found: at most %(share)s percent better could exist.") % {"share": share}
