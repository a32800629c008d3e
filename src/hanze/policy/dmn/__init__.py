"""DMN 1.3 XML in and out. `docs/dmn.md` says what is read and what an export holds."""

from hanze.policy.dmn.problems import DmnError
from hanze.policy.dmn.reading import read_dmn, read_dmn_bytes

__all__ = ["DmnError", "read_dmn", "read_dmn_bytes"]
