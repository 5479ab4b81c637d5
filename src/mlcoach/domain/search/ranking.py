"""Which of the things that a search found comes first."""

from collections.abc import Collection

from mlcoach.domain.words import holds

# From the first to the last: one's own things; a page of the help that is about the words; what is called by just these
# words; what has them in its title and is near (of the learner's path, or begun); what else of the map has them in its
# title; what is near and speaks of them; all others.
OWN, ABOUT, CALLED, NEAR, NAMED, WITHIN, REST = range(7)


def fit_of(
    title: Collection[str], wanted: Collection[str], *, near: bool, own: bool = False, whole: bool = True
) -> int:
    """Return how well a thing that holds these words fits, 0 the best, from the words of its title.

    `whole`: it is a thing of the map by itself, such as a unit or a paper, not a piece of one, such as a card.
    """
    titled = holds(title, wanted)
    if own and titled:
        return OWN
    if frozenset(title) == frozenset(wanted):
        return CALLED
    if titled and near:
        return NEAR
    if titled and whole:
        return NAMED
    return WITHIN if near else REST


def in_other_words(fit: int, number: int) -> int:
    """Return a fit that was found by the words themselves (`number` 0), or by others for the same thing: behind all."""
    return fit + number * (REST + 1)
