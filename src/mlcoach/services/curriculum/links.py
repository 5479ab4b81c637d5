"""Looking whether the links of the curriculum still work, and noting the day they did."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.curriculum.read import find
from mlcoach.domain.bulk import OnProgress
from mlcoach.errors import MissingExtraError
from mlcoach.services.curriculum.files import problem_view
from mlcoach.services.files import OwnFiles, change
from mlcoach.views.curriculum_files import CheckReportView, LinksView, RenewedView

if TYPE_CHECKING:
    from mlcoach.adapters.curriculum.links import LinkAnswer
    from mlcoach.curriculum.check.links import Link
    from mlcoach.curriculum.read.problems import Problem
    from mlcoach.services.context import Context

CODES = {
    "dead": "dead-link",
    "moved": "moved-link",
    "unsure": "unsure-link",
    "silent": "unsure-link",
    "private": "unsure-link",
}


class LinkCheck:
    """One look at the links of some files. `ask` says what to do with them; `renew` is only for those that work."""

    def __init__(self, context: "Context", files: Sequence[Path] = ()) -> None:
        """Find the links. Raises NotFoundError for a file that is not there."""
        from mlcoach.curriculum.check.links import links

        self._context = context
        self._links = links(find.bundled_folder(), context.places.curriculum, tuple(files))
        self._seen: list[Link] = []

    def ask(
        self,
        report: CheckReportView,
        ask_all: Callable[[Sequence[str], OnProgress], dict[str, "LinkAnswer"]],
        on_progress: OnProgress,
    ) -> CheckReportView:
        """Return a report with a warning for each link that needs a look, and how many there are of each kind.

        Raises MissingExtraError when nothing that was asked answers, since then it is this machine that is not
        connected.
        """
        answers = ask_all([link.url for link in self._links], on_progress)
        asked = [answer for answer in answers.values() if answer.verdict != "private"]
        if asked and all(answer.verdict == "silent" for answer in asked):
            raise MissingExtraError(
                f"none of {len(asked)} addresses answers; {asked[0].detail}", "look at your network, and try again"
            )
        self._seen = [link for link in self._links if answers[link.url].verdict == "fine"]
        warnings = list(report.warnings)
        for link in self._links:
            answer = answers[link.url]
            if answer.verdict != "fine":
                warnings.append(problem_view(_problem(link, answer)))
        verdicts = [answers[link.url].verdict for link in self._links]
        view = LinksView(
            total=len(verdicts),
            fine=verdicts.count("fine"),
            moved=verdicts.count("moved"),
            dead=verdicts.count("dead"),
            unsure=sum(verdict in ("unsure", "silent", "private") for verdict in verdicts),
            renewable=len(self._renewable()),
        )
        return report._replace(warnings=tuple(warnings), links=view)

    def renew(self) -> RenewedView:
        """Write today as `checked` of every link that works, in the files that may be written; one step of undo."""
        from mlcoach.curriculum.check.links import renewed

        renewable = self._renewable()
        today = self._context.today

        def write(own: OwnFiles) -> Mapping[Path, str]:
            texts = renewed(renewable, today, own.text)
            own.write(texts)
            return texts

        texts = change(self._context, write)
        self._context.reopen_catalog()
        return RenewedView(len(renewable), tuple(str(path) for path in texts))

    def _renewable(self) -> list["Link"]:
        return [link for link in self._seen if link.own and link.checked != self._context.today]


def _problem(link: "Link", answer: "LinkAnswer") -> "Problem":
    message = f"the link of `{link.key}` ({link.title}) {_verdict(answer)}"
    hint = {
        "dead": 'find where it went, or write `status = "closed"` and `alternatives`',
        "moved": f'write `url = "{answer.address}"`',
    }.get(answer.verdict, "open it in a browser")
    return link.problem(CODES[answer.verdict], message, hint)


def _verdict(answer: "LinkAnswer") -> str:
    words = {"dead": "is dead", "moved": "has moved", "private": "was not asked"}
    return f"{words.get(answer.verdict, 'could not be tested')}: {answer.detail}"
