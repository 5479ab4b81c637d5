"""Why placement says what it says of a unit, in words."""

from collections.abc import Sequence

from mlcoach.domain.placement.votes import KNOWN, RIGHT_ANSWERS

NAMED = 2  # units that are named as a reason


def why_known(right: int, others: Sequence[str], needed_for: str = "") -> str:
    """Return why a unit is known: `right` answers to itself, and the titles of others that need it, answered right.

    `needed_for` is what the nearest of them needs of it, as the map says. Without any answer it was passed before.
    """
    if right >= RIGHT_ANSWERS:
        return f"{'two' if right == RIGHT_ANSWERS else right} right answers to it"
    named = " and ".join(others[:NAMED])
    need = "needs" if len(others) == 1 else "need"
    if right:
        return (
            f"you answered it, and {named}, which {need} it" if named else "you answered it, and say that you know it"
        )
    if not named:
        return "passed before"
    return f"you answered {named}, which {need} it{': ' if needed_for else ''}{needed_for}"


def why_kept(right: int, wrong: int, probability: float, *, lacking: str = "", above: str = "") -> str:
    """Return why a unit is not known, "" where nothing was asked that bears on it.

    `lacking` is the title of a unit right below it that was answered wrong, `above` of one that builds on it and was
    answered right.
    """
    if wrong and not right:
        return "missed"
    if wrong and right < RIGHT_ANSWERS * wrong:
        return "one answer right, one missed" if right == wrong == 1 else f"{right} right, {wrong} missed"
    if lacking and (right or above):
        return f"{lacking}, which it builds on, was missed"
    if right == 1 and probability > KNOWN:
        return "answered right once, which may be luck; another right answer would confirm it"
    if right:
        return "answered right, but the other answers speak against it"
    return f"{above} builds on it, but that is not sure" if above else ""
