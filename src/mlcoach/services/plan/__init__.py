"""The plan seen in other ways: by unit, for a day off, for a look at everything, and for the way."""
