"""Questions about the papers of the reading queue."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.papers.passes import PaperStatus


class PaperRow(NamedTuple):
    """What a list shows of a paper. `authors` is a JSON list, `touched` microseconds since 1970 UTC."""

    key: str
    status: "PaperStatus"
    reading_pass: int
    added: str
    touched: int
    title: str
    authors: str
    year: int | None
    why: str
    passes_done: int


class PaperFace(NamedTuple):
    """By what a paper is recognised; an id of arXiv and a DOI are "" where none is known.

    `record` is what a reference manager said of it, as a JSON object of the details `bibtex`, `csl` and `url`; "" where
    none did.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    status: "PaperStatus"
    arxiv: str
    doi: str
    record: str = ""


class PaperRecords(NamedTuple):
    """What reference managers said of a paper: the details of that name, as the values of JSON."""

    bibtex: Any
    bibtex_also: Any
    csl: Any
    csl_also: Any
    library: Any


class TouchedPaper(NamedTuple):
    """A paper and the ISO study day it was touched last, "" for none."""

    key: str
    title: str
    status: "PaperStatus"
    last_day: str


_PAPER_COLUMNS = ", ".join(PaperRow._fields)


class PaperQueries(Queries):
    """Questions about the papers of the reading queue."""

    def paper_rows(self, status: "PaperStatus", limit: int = -1) -> list[PaperRow]:
        """Return what a list shows of the papers of one status, in the order of their turn; -1 returns all.

        Queued ones have the longest waiting in front, the others with the last touched.
        """
        order = "added, key" if status == "queued" else "touched DESC, key"
        rows = self._rows(
            f"SELECT {_PAPER_COLUMNS} FROM paper WHERE status = ? ORDER BY {order} LIMIT ?", (status, limit)
        )
        return [PaperRow(*row) for row in rows]

    def paper_row(self, key: str) -> PaperRow | None:
        """Return what a list shows of one paper."""
        rows = self._rows(f"SELECT {_PAPER_COLUMNS} FROM paper WHERE key = ?", (key,))
        return PaperRow(*rows[0]) if rows else None

    def paper_counts(self) -> "dict[PaperStatus, int]":
        """Return how many papers there are of each status."""
        return dict(self._rows("SELECT status, count(*) FROM paper GROUP BY status"))

    def paper_titles(self) -> dict[str, str]:
        """Return the title of every paper by id; "" where none is known."""
        return dict(self._rows("SELECT key, title FROM paper ORDER BY last_day DESC, key"))

    def papers(self) -> dict[str, dict[str, Any]]:
        """Return the folded state of each paper as a plain mapping: for searches, exports and the look back."""
        rows = self._rows("SELECT key, data FROM paper ORDER BY last_day DESC, key")
        return {key: json.loads(data) for key, data in rows}

    def citing(self, key: str) -> list[str]:
        """Return the papers that cite one."""
        rows = self._rows(
            "SELECT paper.key FROM paper, json_each(paper.cites) AS cited"
            " WHERE paper.cites <> '[]' AND cited.value = ? ORDER BY paper.added, paper.key",
            (key,),
        )
        return [row[0] for row in rows]

    def newest_passes(self, papers: int) -> list[list[Any]]:
        """Return the passes of the papers touched last, as the fields of `PassRecord`, in no particular order."""
        rows = self._rows("SELECT passes FROM paper WHERE passes <> '[]' ORDER BY touched DESC LIMIT ?", (papers,))
        return [record for (passes,) in rows for record in json.loads(passes)]

    def papers_moved(self, first: date, last: date) -> set[str]:
        """Return the papers on which time was spent or a pass ended on these study days, both included."""
        rows = self._rows(
            "SELECT papers, passes FROM day WHERE number BETWEEN ? AND ?", (first.toordinal(), last.toordinal())
        )
        return {paper for spent, passes in rows for paper in (*json.loads(spent), *json.loads(passes))}

    def paper(self, key: str) -> dict[str, Any] | None:
        """Return the folded state of one paper."""
        rows = self._rows("SELECT data FROM paper WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else None

    def paper_seconds(self) -> dict[str, int]:
        """Return the seconds spent on each paper over all days; time inside a timer counts once, as in the days."""
        rows = self._rows(
            "SELECT spent.key, sum(spent.value) FROM day, json_each(day.papers) AS spent"
            " WHERE day.papers <> '{}' GROUP BY spent.key"
        )
        return {paper: int(seconds) for paper, seconds in rows}

    def paper_faces(self) -> list[PaperFace]:
        """Return by what each paper is recognised, in no particular order."""
        rows = self._rows(
            "SELECT key, title, authors, year, status, coalesce(json_extract(data, '$.details.arxiv'), ''),"
            " coalesce(json_extract(data, '$.details.doi'), ''),"
            " CASE WHEN json_type(data, '$.details.bibtex') = 'object' OR json_type(data, '$.details.csl') = 'object'"
            " THEN json_object('bibtex', json_extract(data, '$.details.bibtex'),"
            " 'csl', json_extract(data, '$.details.csl'), 'url', json_extract(data, '$.details.url')) ELSE '' END"
            " FROM paper"
        )
        return [PaperFace(key, title, tuple(json.loads(authors)), *rest) for key, title, authors, *rest in rows]

    def paper_records(self) -> dict[str, PaperRecords]:
        """Return what reference managers said of the papers they know, by the id of the paper."""
        names = PaperRecords._fields
        told = [f"json_extract(data, '$.details.{name}')" for name in names]
        some = " OR ".join(f"{one} IS NOT NULL" for one in told)
        rows = self._rows(f"SELECT key, {', '.join(told)} FROM paper WHERE {some}")
        return {key: PaperRecords(*(json.loads(one) if one else None for one in rest)) for key, *rest in rows}

    def papers_cited_as(self, citation: str) -> list[str]:
        """Return the papers with a citation key: those with exactly this one, else however it is capitalised."""
        rows = self._rows(
            "SELECT paper.key, found.value FROM paper, json_each(json_array("
            "json_extract(data, '$.details.bibtex.key'), json_extract(data, '$.details.csl.id'),"
            " json_extract(data, '$.details.csl.citation-key'))) AS found WHERE found.value = ?1 COLLATE NOCASE"
            " UNION SELECT paper.key, coalesce(json_extract(also.value, '$.key'), json_extract(also.value, '$.id'))"
            " FROM paper, json_each(data, '$.details.bibtex_also') AS also"
            " WHERE json_extract(also.value, '$.key') = ?1 COLLATE NOCASE"
            " UNION SELECT paper.key, json_extract(also.value, '$.id') FROM paper,"
            " json_each(data, '$.details.csl_also') AS also WHERE json_extract(also.value, '$.id') = ?1 COLLATE NOCASE",
            (citation,),
        )
        exact = sorted({key for key, found in rows if found == citation})
        return exact or sorted({key for key, _ in rows})

    def papers_in_category(self, category: str) -> set[str]:
        """Return the papers of an arXiv category, or of one below it, however it is capitalised."""
        rows = self._rows(
            "SELECT paper.key FROM paper, json_each(paper.data, '$.details.categories') AS category"
            " WHERE category.value = ? COLLATE NOCASE OR category.value LIKE ? || '.%'",
            (category, category),
        )
        return {key for (key,) in rows}

    def incomplete_papers(self) -> list[str]:
        """Return the papers with an id of which something is missing that the web may know and was not asked yet."""
        rows = self._rows(
            "SELECT key FROM paper WHERE (title = '' OR authors = '[]' OR year IS NULL"
            " OR json_extract(data, '$.details.abstract') IS NULL) AND json_extract(data, '$.details.asked') IS NULL"
            " AND (key LIKE 'arxiv:%' OR key LIKE 'doi:%') AND status <> 'dropped' ORDER BY added, key"
        )
        return [key for (key,) in rows]

    def last_touched_papers(self, limit: int) -> list[TouchedPaper]:
        """Return the papers worked on last, the newest first; those that only wait in the queue are left out."""
        rows = self._rows(
            "SELECT key, title, status, last_day FROM paper WHERE status != 'queued'"
            " ORDER BY last_day DESC, key LIMIT ?",
            (limit,),
        )
        return [TouchedPaper(*row) for row in rows]
