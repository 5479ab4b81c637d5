"""Questions about answers, and what imports and exports ask of the journal."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mlcoach.domain.memory.ratings import FORGOTTEN
from mlcoach.store.database import COUNTS, explained
from mlcoach.store.journal import ANSWERED, BEGUN_AFRESH, ORDER
from mlcoach.store.queries.base import Queries


class Answer(NamedTuple):
    """An answer that counts, or where an item was started again (a rating of `ratings.FORGOTTEN`).

    `here` says whether it was an item of the curriculum then, or a card known by its number only. `happened` is in
    microseconds since 1970 UTC, `offset` in minutes, `study_day` ISO.
    """

    card: str
    here: bool
    rating: int
    seconds: int
    happened: int
    offset: int
    study_day: str
    backdated: bool


class LatestAnswer(NamedTuple):
    """An answer, its rating (1 to 4) and its seconds. `first` when the item had none before."""

    item: str
    rating: int
    seconds: int
    first: bool


class Confidence(NamedTuple):
    """How many answers were given at a level of confidence (1 to 4), and how many of them were recalled."""

    level: int
    answers: int
    recalled: int


class Schedule(NamedTuple):
    """What another program knew of an item on a study day: its due day. Both days are ISO."""

    item: str
    due: str
    study_day: str


class AnswerQueries(Queries):
    """Questions about answers."""

    def answers(self, item: str = "") -> Iterator[Answer]:
        """Yield every answer that counts in journal order, marks of a fresh beginning among them; of one item or all.

        This alone says which answers count: measuring, exports and pages all ask here.
        """
        # By the few keys of the item first: SQLite would rather walk over all answers.
        keys = "(SELECT event AS number FROM event_key WHERE kind = 'item' AND key = ?)"
        source = f"{keys} CROSS JOIN event USING (number)" if item else "event"
        with explained(self.path):
            rows = self.connection.execute(
                "SELECT coalesce(json_extract(data, '$.item'), json_extract(data, '$.card')), kind <> 'answer_kept',"
                f" iif({BEGUN_AFRESH}, ?, json_extract(data, '$.rating')),"
                " coalesce(json_extract(data, '$.seconds'), 0), happened, offset_minutes, study_day, backdated"
                f" FROM {source} WHERE ({ANSWERED} OR {BEGUN_AFRESH}) AND {COUNTS} ORDER BY {ORDER}",
                (FORGOTTEN, item) if item else (FORGOTTEN,),
            )
            for card, here, rating, seconds, happened, offset, study_day, backdated in rows:
                yield Answer(card, bool(here), rating, seconds, happened, offset, study_day, bool(backdated))

    def parameters_adopted(self) -> tuple[str, int] | None:
        """Return the study day and the instant at which parameters were last chosen, None where they never were."""
        rows = self._rows(
            f"SELECT study_day, happened FROM event WHERE kind = 'parameters_adopted' AND {COUNTS}"
            " ORDER BY recorded DESC, seq DESC LIMIT 1"
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def latest_answers(self, limit: int) -> list[LatestAnswer]:
        """Return the last answers to items in journal order, the newest first, on every machine alike."""
        # The limit is inside, so that what was taken back is never walked over.
        rows = self._rows(
            "SELECT json_extract(data, '$.item'), json_extract(data, '$.rating'), json_extract(data, '$.seconds'),"
            " json_extract(data, '$.after') = ''"
            f" FROM (SELECT id, data FROM event INDEXED BY event_answers WHERE {ANSWERED} AND kind = 'item_graded'"
            f" ORDER BY study_day DESC, happened DESC, device DESC, seq DESC LIMIT ?) AS event WHERE {COUNTS}",
            (limit,),
        )
        return [LatestAnswer(item, rating, seconds, bool(first)) for item, rating, seconds, first in rows]

    def answers_since(self, day: date) -> list[tuple[str, int, bool, str]]:
        """Return the answers from a study day on as (item, rating, first, study day), in their order.

        `first` is true where there was none before.
        """
        rows = self._rows(
            "SELECT json_extract(data, '$.item'), json_extract(data, '$.rating'), json_extract(data, '$.after') = '',"
            " study_day"
            " FROM event INDEXED BY event_answers WHERE kind IN ('item_graded', 'answer_kept') AND study_day >= ?"
            f" AND kind = 'item_graded' AND {COUNTS} ORDER BY {ORDER}",
            (day.isoformat(),),
        )
        return [(item, rating, bool(first), studied) for item, rating, first, studied in rows]

    def confidence(self) -> list[Confidence]:
        """Return what came of the answers before which the learner said how sure they were, by level."""
        rows = self._rows(
            "SELECT json_extract(data, '$.confidence') AS level, count(*), sum(json_extract(data, '$.rating') > 1)"
            f" FROM event WHERE kind = 'item_graded' AND level > 0 AND {COUNTS} GROUP BY level ORDER BY level"
        )
        return [Confidence(*row) for row in rows]

    def kept_here(self) -> dict[tuple[str, int], str]:
        """Return the answers without a card that were written here and that count: (card, milliseconds UTC) -> id."""
        from mlcoach.store.device import written_here

        rows = self._rows(
            "SELECT json_extract(data, '$.card'), happened / 1000, id FROM event WHERE kind = 'answer_kept'"
            f" AND {written_here(self.connection)} AND {COUNTS}"
        )
        return {(card, instant): id for card, instant, id in rows}

    def adoptions(self) -> list[tuple[str, str]]:
        """Return (old, new) of the items whose history went over to another, as they count, the last one last."""
        return self._rows(
            "SELECT json_extract(data, '$.old'), json_extract(data, '$.new') FROM event WHERE kind = 'item_adopted'"
            f" AND {COUNTS} ORDER BY recorded, device, seq"
        )

    def schedules(self) -> set[Schedule]:
        """Return the schedules of other programs that count."""
        rows = self._rows(
            "SELECT json_extract(data, '$.item'), json_extract(data, '$.due'), study_day FROM event"
            f" WHERE kind = 'item_scheduled' AND {COUNTS}"
        )
        return {Schedule(*row) for row in rows}
