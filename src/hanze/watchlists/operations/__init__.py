"""Every change in the screening; a module for each concept."""

from hanze.watchlists.operations.columns import say_columns
from hanze.watchlists.operations.editions import bring_into_force, discard, read_received, refuse
from hanze.watchlists.operations.forgetting import forget, remove_old_looks
from hanze.watchlists.operations.lists import change_list, create_list, note_fetching, receive_edition
from hanze.watchlists.operations.merging import merge_subjects, part_subjects
from hanze.watchlists.operations.screening import screen
from hanze.watchlists.operations.subjects import subject_of
from hanze.watchlists.operations.verdicts import decide, escalate, reopen, second

__all__ = [
    "bring_into_force",
    "change_list",
    "create_list",
    "decide",
    "discard",
    "escalate",
    "forget",
    "merge_subjects",
    "note_fetching",
    "part_subjects",
    "read_received",
    "receive_edition",
    "refuse",
    "remove_old_looks",
    "reopen",
    "say_columns",
    "screen",
    "second",
    "subject_of",
]
