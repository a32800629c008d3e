"""Small lists for the tests of the screening."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, Watchlist

HEADER = "id,name,type,country,birth_date,original_script,identifiers"
MALACHITE = "E1,Malachite Trading Company,organisation,CN,,孔雀石贸易有限公司,"
ORLOVSKY = "P1,Viktor Sergeyevich Orlovsky,person,RU,1961-04-02,,"


def watchlist(slug: str = "example", **fields: object) -> Watchlist:
    """A list of our own, still without an edition."""
    given = {"name": "Voorbeeldlijst", "name_en": "Example list", "publisher": "own", "second_person": False, **fields}
    return ops.create_list(by=None, slug=slug, **given)


def handed_in(to: Watchlist, *rows: str, name: str = "list.csv") -> Edition:
    """An edition that was handed in and read."""
    text = "\n".join([HEADER, *rows]) + "\n"
    return ops.read_received(ops.receive_edition(to, SimpleUploadedFile(name, text.encode()), by=None))


def in_force(to: Watchlist, *rows: str) -> Edition:
    """An edition that was brought into force."""
    edition = handed_in(to, *rows)
    ops.bring_into_force(edition, by=None)
    edition.refresh_from_db()
    return edition
