"""The score of a party against an entry, with an explanation. See `docs/screening-scores.md`."""
