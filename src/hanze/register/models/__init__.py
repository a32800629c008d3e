from hanze.register.models.agreements import Agreement, AgreementDocument, Renewal
from hanze.register.models.apart import SetApart
from hanze.register.models.merges import Merge
from hanze.register.models.parties import Identifier, Organisation, Person, Post
from hanze.register.models.places import City, Country, Region
from hanze.register.models.relations import Relation, RelationStatus

__all__ = [
    "Agreement",
    "AgreementDocument",
    "City",
    "Country",
    "Identifier",
    "Merge",
    "Organisation",
    "Person",
    "Post",
    "Region",
    "Relation",
    "RelationStatus",
    "Renewal",
    "SetApart",
]
