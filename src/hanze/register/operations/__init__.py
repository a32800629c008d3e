"""Every change of the register."""

from hanze.register.operations.agreements import change_agreement, create_agreement, end_agreement, renew_agreement
from hanze.register.operations.apart import set_apart, take_back_set_apart
from hanze.register.operations.documents import attach
from hanze.register.operations.home import set_home
from hanze.register.operations.merging import merge_parties, undo_merge
from hanze.register.operations.organisations import change_organisation, create_organisation
from hanze.register.operations.people import add_post, change_person, change_post, create_person
from hanze.register.operations.relations import change_relation, create_relation, set_relation_status

__all__ = [
    "add_post",
    "attach",
    "change_agreement",
    "change_organisation",
    "change_person",
    "change_post",
    "change_relation",
    "create_agreement",
    "create_organisation",
    "create_person",
    "create_relation",
    "end_agreement",
    "merge_parties",
    "renew_agreement",
    "set_apart",
    "set_home",
    "set_relation_status",
    "take_back_set_apart",
    "undo_merge",
]
