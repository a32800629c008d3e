"""Goals and themes are policy; a name in them is somebody's slip."""

from hanze.audit.personal import Way, declare, declare_events

declare(
    "goals.Goal",
    codes="code",
    searched="name_nl name_en description_nl description_en source_document source_section",
)
declare("goals.Theme", codes="code", searched="name_nl name_en source_document source_section")
declare_events(Way.SEARCHED, "goal.changed", "goal.created", "theme.changed", "theme.created")
