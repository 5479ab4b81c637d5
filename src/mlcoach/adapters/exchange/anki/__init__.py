"""Anki packages, read and written. Imported where a command asks for them."""
