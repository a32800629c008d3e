"""The figures of a plan, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.areas.planning import texts
from hanze.areas.planning.reading import Reading
from hanze.reporting import Figure, Language, Row, written


def figures(read: Reading) -> tuple[Figure, ...]:
    """What a plan comes down to; a page opens their rows, a report carries them along."""
    return (*_counts(read), *_sums(read), *_lines(read))


def _counts(read: Reading) -> Iterable[Figure]:
    farms = list(read.farms.values())
    clustered = [farm for farm in farms if farm["cluster"]]
    yield _count("farms", _("farms"), [_farm(read, farm) for farm in farms])
    yield _count("clustered", _("farms in a cluster"), [_farm(read, farm) for farm in clustered])
    hubs = [
        Row("hub", hub["farm"], hub["name"], detail=_("serves %(n)s farms") % {"n": hub["serves"]}) for hub in read.hubs
    ]
    yield _count("hubs", _("hubs"), hubs)
    brought = [
        Row("match", one["need"], f"{one['giver']} → {one['taker']}", detail=f"{each['product']}: {_n(one['amount'])}")
        for each in read.exchanges
        for one in each["matches"]
    ]
    yield _count("exchanges", _("exchanges"), brought)
    moves = [
        Row("parcel", one["parcel"], one["parcel"], detail=f"{one['giver']} → {one['taker']}, {_n(one['hectares'])} ha")
        for one in read.land["moves"]
    ]
    yield _count("swaps", _("parcels that change hands"), moves)


def _sums(read: Reading) -> Iterable[Figure]:
    saved = [
        Row("product", f"{each['product']}-{each['area']}", each["product"], detail=f"€ {_n(each['saving'])}")
        for each in read.exchanges
    ]
    saving = round(sum(each["saving"] for each in read.exchanges))
    yield Figure("saving", _("euro a year that exchanges save"), saving if saved else None, tuple(saved))
    owners = [
        Row("farm", one["farm"], one["name"], detail=f"{_n(one['km'][0])} → {_n(one['km'][1])} km")
        for one in read.land["owners"]
    ]
    nearer = round(read.land["saving"])
    yield Figure("nearer", _("hectares × kilometres nearer"), nearer, tuple(owners))
    years = read.years
    both = years["courses"][-1]
    futures = [
        Row("future", name, name, detail=f"€ {_n(value)}")
        for name, value in zip(years["futures"], both["present"], strict=True)
    ]
    label = _("euro in %(years)s years, as it is now") % {"years": years["years"]}
    yield Figure("present", label, round(both["present"][0]), tuple(futures))


def _lines(read: Reading) -> Iterable[Figure]:
    """The difference of each line of the balance sheet; behind it the coefficients with their sources."""
    for _theme, lines in read.balance:
        for line in lines:
            rows = [
                Row(
                    "coefficient",
                    one["id"],
                    one["called"],
                    detail=f"{_range(one['range'])} {one['unit']}. {_source(one)}",
                )
                for one in line["coefficients"]
            ]
            rows += [Row("party", key, name) for key, name in read.parties.get(line["id"], [])]
            told = ((_("Without the plan"), "without"), (_("With the plan"), "with"))
            rows += [
                Row("situation", name, label, detail=f"{_n(line[name][0])} {line['unit']}") for label, name in told
            ]
            key = "line-" + line["id"].replace("_", "-")
            value = round(line["difference"][0])
            yield Figure(key, line["called"], value, tuple(rows), note=f"{line['unit']}: {line['formula']}")


def _count(key: str, label: str, rows: list[Row]) -> Figure:
    return Figure(key, label, len(rows), tuple(rows))


def _farm(read: Reading, farm: dict[str, Any]) -> Row:
    detail = _("%(hectares)s ha in %(parcels)s parcels") % {
        "hectares": _n(farm["hectares"] or 0),
        "parcels": farm["parcels"],
    }
    return Row("farm", farm["code"], read.name(farm["code"]), detail=detail)


def _range(numbers: list[float]) -> str:
    low, mode, high = (_n(number) for number in numbers)
    return mode if low == high else f"{mode} ({low} – {high})"


def _source(coefficient: dict[str, Any]) -> str:
    year = f" ({coefficient['year']})" if coefficient["year"] else ""
    return f"{coefficient['source']}{year}: {texts.word(texts.STATUSES, coefficient['status'])}"


def _n(number: float) -> str:
    return _written(round(number, 1 if abs(number) < 1000 else None), language_in_force())


@lru_cache(maxsize=20_000)
def _written(number: float, language: Language) -> str:
    return written(number, language)
