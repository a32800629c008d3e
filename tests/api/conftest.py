"""The world of tests/leaks, asked through the API."""

from tests.leaks.conftest import around, in_one_transaction, users, world

__all__ = ["around", "in_one_transaction", "users", "world"]
