"""The chapters of one plan: where, who brings what to whom, swaps, what it is worth, and what must be verified."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hanze.areas.planning import texts
from hanze.areas.planning.reading import Reading
from hanze.areas.report.chapters import escaped
from hanze.areas.report.drawing import map_of
from hanze.areas.report.material import Material
from hanze.reporting import Block, Column, FigureRef, Figures, Language, Prose, Section, Table, written


def chapters(read: Reading, language: Language) -> Iterator[Section]:
    """What the plan proposes and what that brings."""
    yield _clusters(read, language)
    yield _exchanges(read, language)
    yield _swaps(read, language)
    yield from _worth(read, language)
    yield _years(read, language)


def _clusters(read: Reading, language: Language) -> Section:
    columns = (
        Column(_("Hub at"), width=2.5),
        Column(_("Farms"), "right"),
        Column(_("Hectares"), "right"),
        Column(_("Kilometres by road"), width=4),
    )
    rows = tuple(
        (
            hub["name"],
            hub["serves"],
            round(hub["hectares"]),
            "; ".join(f"{farm['called']} {_number(farm['hub_km'], language)}" for farm in hub["members"]),
        )
        for hub in read.hubs
    )
    said = _("The plan **%(title)s** names the farms that lie close together and where a hub would serve them.") % {
        "title": escaped(read.run.title)
    }
    hubs = Table("hubs", _("Hubs: where, and whom they serve"), columns, rows, read.hubs_in_words)
    figures = Figures(("farms", "clustered", "hubs"))
    return Section(_("Clusters and hubs"), (Prose(said), figures, map_of(read), _regions(read), hubs))


def _regions(read: Reading) -> Table:
    columns = (
        Column(_("Region"), width=1.2),
        Column(_("Farms"), "right"),
        Column(_("Hectares"), "right"),
        Column(_("Which farms"), width=5),
    )
    rows = tuple(
        (
            f"{each['number']} ({_('too small')})" if each["small"] else str(each["number"]),
            len(each["farms"]),
            round(each["hectares"]),
            ", ".join(each["members"]),
        )
        for each in read.regions
    )
    caption = _("Regions: farms in one piece, with who wants to be together and without who cannot")
    return Table("regions", caption, columns, rows)


def _exchanges(read: Reading, language: Language) -> Section:
    blocks: list[Block] = []
    for number, each in enumerate(read.exchanges, start=1):
        name = each["product"] + (f" ({each['area']})" if each["area"] else "")
        rows = tuple(
            (
                one["giver"],
                one["taker"],
                _number(one["amount"], language),
                _number(one["km"], language),
                _euro(one["price"], language, 2),
            )
            for one in each["matches"]
        )
        note = _("Saves %(saving)s a year. From elsewhere: %(unmet)s; left over: %(left)s.") % {
            "saving": _euro(each["saving"], language),
            "unmet": _number(each["unmet_in_all"], language),
            "left": _number(each["left_in_all"], language),
        }
        if each["proven"]:
            note += " " + _("No division costs less.")
        blocks.append(Table(f"exchange-{number}", name, _given(), rows, note))
    if not blocks:
        return Section(
            _("Who brings what to whom"), (Prose(_("No exchanges were asked for, or no farm needs anything.")),)
        )
    lead = Prose(_("The price is a hint for what is fair at the farm gate; farms agree on it themselves."))
    return Section(_("Who brings what to whom"), (Figures(("exchanges", "saving")), lead, *blocks))


def _given() -> tuple[Column, ...]:
    return (
        Column(_("Who gives"), width=3),
        Column(_("Who gets"), width=3),
        Column(_("How much"), "right"),
        Column(_("Kilometres by road"), "right"),
        Column(_("Price hint a unit"), "right"),
    )


def _swaps(read: Reading, language: Language) -> Section:
    land = read.land
    said = _(
        "%(moves)s of %(parcels)s parcels change hands; the land lies %(after)s km from the farm on average instead of "
        "%(before)s km. No parcel is split, organic land stays organic, nobody is farther from his land, and who does "
        "not take part keeps everything."
    ) % {
        "moves": written(len(land["moves"]), language),
        "parcels": written(land["parcels"], language),
        "after": _number(land["km_after"], language, 2),
        "before": _number(land["km_before"], language, 2),
    }
    columns = (
        Column(_("Farm"), width=3),
        Column(_("Hectares"), "right"),
        Column(_("Kilometres to the land"), "right"),
        Column(_("Value before"), "right"),
        Column(_("Difference"), "right"),
    )
    rows = tuple(
        (
            one["name"],
            f"{_number(one['hectares'][0], language)} → {_number(one['hectares'][1], language)}",
            f"{_number(one['km'][0], language, 2)} → {_number(one['km'][1], language, 2)}",
            _euro(one["value"][0], language),
            _euro(one["change"], language),
        )
        for one in land["owners"]
    )
    owners = Table("owners", _("Each owner before and after"), columns, rows, read.land_in_words)
    return Section(_("Swaps of land"), (Figures(("swaps", "nearer")), Prose(said), owners))


def _worth(read: Reading, language: Language) -> Iterator[Section]:
    warning = _(
        "Not every coefficient was verified at its source. Verify those that say so before you decide anything on a "
        "number below."
    )
    yield Section(_("People, planet and profit"), (Prose(f"**{escaped(warning)}**"),) if read.unverified else ())
    for theme, lines in read.balance:
        if lines:
            yield Section(theme, (_balance(theme, lines, language),), level=2)


def _balance(theme: str, lines: list[dict[str, Any]], language: Language) -> Table:
    columns = (
        Column(_("What"), width=3),
        Column(_("Unit"), width=1.5),
        Column(_("Without"), "right"),
        Column(_("With"), "right"),
        Column(_("Difference"), "right"),
        Column(_("5 to 95 percent of the draws"), "right"),
        Column(_("Status"), width=1.4),
    )
    rows = tuple(
        (
            line["called"],
            line["unit"],
            _number(line["without"][0], language, 0),
            _number(line["with"][0], language, 0),
            FigureRef(f"line-{line['slug']}"),
            "–" if line["count"] else " … ".join(_number(line["difference"][at], language, 0) for at in (1, 3)),
            line["said"],
        )
        for line in lines
    )
    return Table(f"balance-{lines[0]['theme']}", theme, columns, rows)


def _years(read: Reading, language: Language) -> Section:
    years = read.years
    caption = _("Euro in %(years)s years, discounted at %(discount)s percent, less what it costs to begin") % {
        "years": years["years"],
        "discount": _number(years["discount"], language, 2),
    }
    columns = (Column(_("Future"), width=2.2), *(Column(one["name"], "right") for one in years["courses"]))
    rows = (
        (_("To begin"), *(_euro(one["investment"], language) for one in years["courses"])),
        *(
            (name, *(_euro(one["present"][at], language) for one in years["courses"]))
            for at, name in enumerate(years["futures"])
        ),
        (_("Most that is regretted"), *(_euro(one["worst"], language) for one in years["courses"])),
    )
    said = _("Least is regretted with: %(least)s. In the worst future most remains with: %(safest)s.") % {
        "least": escaped(years["least_regret"]),
        "safest": escaped(years["safest"]),
    }
    blocks: list[Block] = [Table("years", caption, columns, rows), Prose(said)]
    if years["effects"]:
        effects = tuple((one["called"], _euro(one["strength"], language)) for one in years["effects"])
        heads = (Column(_("Assumption"), width=3), Column(_("What its whole range does, in euro"), "right"))
        blocks.append(Table("effects", _("Which assumption matters most"), heads, effects))
    return Section(_("Over the years"), tuple(blocks))


def to_verify(material: Material, read: Reading | None) -> Section:
    """What nobody verified yet: coefficients, values of areas, and what was not reckoned because it is not known."""
    rows: list[tuple[str, str, str]] = []
    indicators = [
        each
        for area in material.initiative.areas.prefetch_related("indicators__criterion")
        for each in area.indicators.all()
        if each.status != "verified"
    ]
    rows += [(f"{each.area}: {each.criterion}", each.source, str(each.get_status_display())) for each in indicators]
    if read is not None:
        rows += [
            (one["called"], f"{one['source']}" + (f" ({one['year']})" if one["year"] else ""), one["said"])
            for one in read.coefficients
            if one["status"] != "verified"
        ]
        rows += [(label, names, _("not known")) for label, names in read.missing]
    columns = (Column(_("What"), width=3), Column(_("Source"), width=3), Column(_("Status"), width=1.3))
    lead = Prose(_("Decide nothing on these numbers before somebody looked them up at their source."))
    if not rows:
        return Section(_("What must be verified"), (Prose(_("Every number was verified at its source.")),))
    return Section(
        _("What must be verified"), (lead, Table("to-verify", _("What must be verified"), columns, tuple(rows)))
    )


def annexes(read: Reading, assumed: list[tuple[str, str]], language: Language) -> Iterator[Section]:
    """Who still lacks what, which parcel goes to whom, every assumption, and where the numbers come from."""
    if rest := _rest(read, language):
        yield Section(_("What comes from elsewhere and what is left over"), (rest,))
    moves = tuple(
        (
            one["parcel"],
            one["giver"],
            one["taker"],
            _number(one["hectares"], language, 2),
            _euro(one["value"], language),
        )
        for one in read.land["moves"]
    )
    columns = (
        Column(_("Parcel"), width=1.4),
        Column(_("Who gives"), width=2.5),
        Column(_("Who gets"), width=2.5),
        Column(_("Hectares"), "right"),
        Column(_("Value"), "right"),
    )
    yield Section(_("Which parcel goes to whom"), (Table("moves", _("Which parcel goes to whom"), columns, moves),))
    heads = (Column(_("Assumption"), width=3), Column(_("Value"), width=3))
    yield Section(_("Assumptions"), (Table("assumptions", _("Every assumption"), heads, tuple(assumed)),))
    yield _origin(read)


def _rest(read: Reading, language: Language) -> Table | None:
    """What each farm still gets from elsewhere or keeps, of every product; None when nothing is."""
    rows = tuple(
        (
            each["product"] + (f" ({each['area']})" if each["area"] else ""),
            one["name"],
            _number(one["amount"], language) if where == "unmet" else None,
            _number(one["amount"], language) if where == "left" else None,
        )
        for each in read.exchanges
        for where in ("unmet", "left")
        for one in each[where]
    )
    columns = (
        Column(_("Product"), width=2),
        Column(_("Farm"), width=3),
        Column(_("From elsewhere"), "right"),
        Column(_("Left over"), "right"),
    )
    return Table("rest", _("What comes from elsewhere and what is left over"), columns, rows) if rows else None


def _origin(read: Reading) -> Section:
    run = read.run
    inputs = tuple(
        (texts.word(texts.INPUTS, name), one["rows"], one["sha256"][:32]) for name, one in run.inputs.items()
    )
    columns = (Column(_("What went in"), width=1.5), Column(_("Rows"), "right"), Column("SHA-256", width=3))
    software = tuple((name, version) for name, version in run.software.items())
    heads = (Column(_("Software"), width=2), Column(_("Version"), width=2))
    said = _(
        "Made with seed %(seed)s; the same data, assumptions and software give the same plan again. "
        "Fingerprint of the result: %(print)s."
    )
    return Section(
        _("Where the plan comes from"),
        (
            Prose(said % {"seed": run.seed, "print": f"`{run.fingerprint[:32]}`"}),
            Table("inputs", _("What went in"), columns, inputs),
            Table("software", _("Software"), heads, software),
        ),
    )


def _number(number: float | None, language: Language, decimals: int = 1) -> str:
    if number is None:
        return "–"
    return written(round(number) if not decimals else round(float(number), decimals), language)


def _euro(number: float, language: Language, decimals: int = 0) -> str:
    rounded = round(number, decimals) + 0.0  # no minus before a 0
    return f"€ {written(Decimal(f'{rounded:.{decimals}f}'), language)}"
