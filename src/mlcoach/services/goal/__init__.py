"""A path by a day."""
