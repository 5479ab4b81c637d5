"""Homes that meet at a place."""

from tests.conftest import Program


def key_of(program: Program) -> str:
    """Return the key of the place of a home, as a person copies it."""
    return (program.home / "data" / "sync" / "key.txt").read_text()
