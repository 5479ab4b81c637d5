"""The command line."""

import gc

# A command of a tenth of a second makes hardly a circle of references, but its imports make a hundred thousand values:
# looking through these again and again for circles was a fourteenth of its time.
gc.set_threshold(100_000, 20, 20)
