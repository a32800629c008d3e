from tests import factories
from tests.rights import AUDITOR, COORDINATOR, OFFICER, Row
from tests.sheets import making

KEEPERS = {COORDINATOR, OFFICER}
LOOKERS = KEEPERS | {AUDITOR}
CSV = "Naam;Soort;Land\nVoorbeeldstad;Gemeente;China\n;;\nFirma;Bedrijf;Nergensland\n"


def _import():
    """An import of another coordinator."""
    factories.country()
    return making.handed_in(CSV, name="partijen.csv")


def _previewed():
    return {"pk": making.compared(_import()).pk}


def _done():
    factories.country()
    imported = making.compared(making.handed_in("Naam;Soort;Land\nVoorbeeldstad;Gemeente;China\n", name="partijen.csv"))
    return {"pk": making.brought_in(imported).pk}


def _sheet():
    imported = _import()
    return {"pk": imported.pk, "sheet": imported.sheets.get().pk}


def _row():
    kwargs = _previewed()
    return kwargs | {"row": making.rows(making.Import.objects.get(pk=kwargs["pk"]))[0].pk}


# Only who handed in a file goes on with it, whatever her role: everybody else in this table gets 404.
ROWS = [
    Row("sheets:import-list", LOOKERS),
    Row("sheets:import-create", KEEPERS),
    Row("sheets:import-create", KEEPERS, post={}, ok=(422,)),
    Row("sheets:import-detail", LOOKERS, _previewed),
    Row("sheets:import-file", LOOKERS, _previewed),
    Row("sheets:import-problems", LOOKERS, _previewed),
    Row("sheets:sheet-columns", set(), _sheet),
    Row("sheets:import-compare", set(), lambda: {"pk": _import().pk}, post={}),
    Row("sheets:import-choose", set(), _previewed, post={"choice": "skip"}),
    Row("sheets:row-choose", set(), _row, post={"choice": "skip"}),
    Row("sheets:import-bring-in", set(), _previewed, post={}),
    Row("sheets:import-discard", set(), _previewed, post={}),
    Row("sheets:import-undo", KEEPERS, _done),
    Row("sheets:import-undo", KEEPERS, _done, post={}),
]
