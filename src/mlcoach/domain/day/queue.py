"""The order in which items are asked: new among due, subjects alternating."""

from collections.abc import Iterable, Sequence

from mlcoach.domain.curriculum import ItemHead

LOOK_AHEAD = 6  # items; so far an item may come early for the sake of variety
NEW_EVERY = 3  # in a queue every third item is new, while there are due ones to mix it with


def queue(cards: Sequence[ItemHead], new: Sequence[ItemHead], minutes: float) -> list[ItemHead]:
    """Return the items that fit the minutes, new ones spread among the due ones, subjects alternating.

    At least one item is taken, however short the time.
    """
    due, fresh = interleaved(cards), interleaved(new)
    taken: list[ItemHead] = []
    spent = 0.0
    while due or fresh:
        use_new = bool(fresh) and (not due or (len(taken) + 1) % NEW_EVERY == 0)
        head = (fresh if use_new else due).pop(0)
        if taken and spent + head.minutes > minutes:
            break
        taken.append(head)
        spent += head.minutes
    return taken


def interleaved(heads: Iterable[ItemHead]) -> list[ItemHead]:
    """Return the items so that neighbours come from different subjects where possible, else from different units."""
    waiting = list(heads)
    mixed: list[ItemHead] = []
    while waiting:
        # A short look ahead keeps the most urgent first.
        ahead = waiting[:LOOK_AHEAD]
        index = 0
        if mixed:
            unit, subject = mixed[-1].unit, _subject(mixed[-1])
            others = [at for at, head in enumerate(ahead) if head.unit != unit]
            index = next((at for at in others if _subject(ahead[at]) != subject), next(iter(others), 0))
        mixed.append(waiting.pop(index))
    return mixed


def _subject(head: ItemHead) -> str:
    return head.unit.rpartition(".")[0]
