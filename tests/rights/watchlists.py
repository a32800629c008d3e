from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, COORDINATOR, EXECUTIVE, OFFICER, Row
from tests.watchlists import making

LOOKERS = {COORDINATOR, OFFICER, EXECUTIVE, AUDITOR}
KEEPERS = {COORDINATOR, ADMINISTRATOR}
LIST_READERS = LOOKERS | KEEPERS


def _list():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE)
    return {"slug": made.slug}


def _edition():
    return {"pk": making.handed_in(making.watchlist(), making.MALACHITE).pk}


def _finding():
    from hanze.watchlists import operations as ops
    from hanze.watchlists.models import Finding

    _list()
    ops.screen([ops.subject_of(factories.organisation(name="Malachite Trading Company"))], by=None, why="asked")
    return {"pk": Finding.objects.get().pk}


def _decided():
    from hanze.watchlists import operations as ops
    from hanze.watchlists.models import Finding

    found = _finding()
    ops.decide(Finding.objects.get(), by=None, answer="not-the-same", reason="Another firm")
    return found


def _run():
    from hanze.watchlists.models import Run

    _finding()
    return {"pk": Run.objects.get().pk}


def _fetched():
    from hanze.watchlists import operations as ops

    made = making.watchlist(address="https://localhost:9/list.csv")
    ops.change_list(made, by=None, fetch=True)
    return {"slug": made.slug}


VERDICT = {"answer": "not-the-same", "reason": "Another firm"}
LIST = {"name": "Lijst", "slug": "lijst", "publisher": "own"}

ROWS = [
    Row("watchlists:finding-list", LOOKERS),
    Row("watchlists:finding-detail", {COORDINATOR, EXECUTIVE, AUDITOR}, _finding),
    Row("watchlists:finding-decide", {COORDINATOR}, _finding, post=VERDICT),
    Row("watchlists:finding-second", {COORDINATOR}, _finding, post={"agrees": "yes"}, ok=(302, 422)),
    Row("watchlists:finding-reopen", {COORDINATOR}, _decided, post={}),
    Row("watchlists:list-list", LIST_READERS),
    Row("watchlists:list-detail", LIST_READERS, _list),
    Row("watchlists:list-create", KEEPERS),
    Row("watchlists:list-create", KEEPERS, post=LIST),
    Row("watchlists:list-change", KEEPERS, _list),
    Row("watchlists:edition-receive", KEEPERS, _list, post={}, ok=(302, 422)),
    Row("watchlists:edition-fetch", KEEPERS, _fetched, post={}),
    Row("watchlists:edition-detail", LIST_READERS, _edition),
    Row("watchlists:edition-columns", KEEPERS, _edition),
    Row("watchlists:edition-columns", KEEPERS, _edition, post={}, ok=(302, 422)),
    Row("watchlists:edition-force", {COORDINATOR}, _edition, post={}),
    Row("watchlists:edition-discard", KEEPERS, _edition, post={}),
    Row("watchlists:rescreen", {COORDINATOR, OFFICER}, post={}),
    Row("watchlists:run-detail", LIST_READERS, _run),
]
