"""How imports are shredded when a person is erased: her name goes from the rows; the kept file is searched."""

from hanze.audit.personal import Way, declare, declare_events

declare("sheets.Import", codes="sha256", searched="file file_name said_by problem")
declare(
    "sheets.ImportedSheet", under="imported", codes="kind constants", searched="name headings samples mapping left_out"
)
declare(
    "sheets.ImportRow",
    under="sheet__imported",
    codes="likely",
    searched="cells label differences problems remarks",
)
declare("sheets.Effect", under="imported", codes="model", searched="before after stayed_because")
declare("sheets.KnownHeadings", codes="fingerprint kind constants", kept="mapping")
declare_events(
    Way.SEARCHED,
    "import.done",
    "import.discarded",
    "import.received",
    "import.record-removed",
    "import.refused",
    "import.undone",
)
