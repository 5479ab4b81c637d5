"""One GET from a server that owes us nothing: bounded in time and size, polite, tried a second time at most."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from mlcoach import __version__
from mlcoach.adapters.clock import seconds_until, seconds_untouched
from mlcoach.adapters.deadline import DeadlineError, within
from mlcoach.private_files import make_folder

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 25.0
MOST_BYTES = 8_000_000
MOST_HOPS = 3
USUAL_WAIT, LONGEST_WAIT = 3.0, 15.0  # seconds before the second try
TOO_LONG = "its answer takes longer than {:g} seconds"
TRY_AGAIN = frozenset({429, 502, 503, 504})


class Manners(NamedTuple):
    """How a server wants to be asked: seconds between two questions, and the file that remembers the last one."""

    gap: float = 0.0
    stamp: Path | None = None
    sleep: Callable[[float], None] = time.sleep


class WebTrouble(Exception):
    """The web gave no answer that can be used. Its text is a clause without a full stop: `it answers 503`.

    `later` says that the same question may be answered another time.
    """

    def __init__(self, text: str, *, later: bool = True) -> None:
        super().__init__(text)
        self.later = later


def get(address: str, accept: str, manners: Manners) -> bytes:
    """Return the body that an address answers with.

    It is asked a second time where it was busy (429 and 503, after as long as it says) or hung up in between; it may
    lead on within its own host. Each answer, where it leads on included, has one deadline from the look-up of the host
    to the last byte. Raises WebTrouble for everything else.
    """
    import httpx2

    headers = {"User-Agent": f"mlcoach/{__version__} (a learner's reading list)", "Accept": accept}
    timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    with httpx2.Client(timeout=timeout, headers=headers) as client:
        for attempt in (1, 2):
            _wait_for_turn(manners)
            try:
                until = time.monotonic() + WHOLE_SECONDS
                response, body = within(WHOLE_SECONDS, partial(_followed, client, address, until))
            except DeadlineError as error:
                raise WebTrouble(TOO_LONG.format(WHOLE_SECONDS)) from error
            except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError) as error:
                if attempt == 2:
                    raise WebTrouble(f"it hangs up in the middle of its answer ({_said(error)})") from error
                continue
            except httpx2.TimeoutException as error:
                raise WebTrouble(f"no answer within {READ_SECONDS:g} seconds") from error
            except (httpx2.ConnectError, httpx2.ProxyError, OSError) as error:
                raise WebTrouble(f"no connection ({_said(error)})") from error
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                raise WebTrouble(_said(error)) from error
            if response.status_code in TRY_AGAIN:
                wait = _asked_to_wait(response)
                if attempt == 2 or wait > LONGEST_WAIT:
                    raise WebTrouble(f"it answers {response.status_code}{_wants(wait)}")
                manners.sleep(wait)
                continue
            return body if response.status_code < 400 else _refused(response, body)
    raise WebTrouble("it does not answer")


def _followed(client: "httpx2.Client", address: str, until: float) -> "tuple[httpx2.Response, bytes]":
    """Return the answer of an address, and of where it leads within its own host."""
    import httpx2

    first = httpx2.URL(address)
    for _ in range(MOST_HOPS + 1):
        with client.stream("GET", address) as response:
            body = b"" if response.has_redirect_location else _bounded(response, until)
        if not response.has_redirect_location:
            return response, body
        address = urljoin(address, response.headers["location"])
        target = httpx2.URL(address)
        if target.host != first.host or target.scheme not in ("http", "https"):
            raise WebTrouble(f"it leads to another host, {(target.host or 'none')[:100]}, which is not asked")
        if first.scheme == "https" and target.scheme != "https":
            raise WebTrouble("it leads to an address without encryption, which is not asked")
    raise WebTrouble(f"it leads on more than {MOST_HOPS} times")


def _bounded(response: "httpx2.Response", until: float) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise WebTrouble(f"its answer is longer than {MOST_BYTES // 1_000_000} MB", later=False)
        if time.monotonic() > until:
            raise WebTrouble(TOO_LONG.format(WHOLE_SECONDS))
        parts.append(part)
    return b"".join(parts)


def _refused(response: "httpx2.Response", body: bytes) -> bytes:
    """Return the body of a refusal that may explain itself; raise WebTrouble for one that does not."""
    if response.status_code == 400 and body.lstrip().startswith(b"<?xml"):
        return body  # arXiv says so what is wrong with an id
    raise WebTrouble(f"it answers {response.status_code}", later=response.status_code >= 500)


def _asked_to_wait(response: "httpx2.Response") -> float:
    """Return the seconds a busy server asks for: a number, or a date."""
    given = response.headers.get("retry-after", "").strip()
    if given.isascii() and given.isdecimal():
        return float(given[:9])
    try:
        return max(0.0, seconds_until(parsedate_to_datetime(given))) if given else USUAL_WAIT
    except (ValueError, OverflowError):
        return USUAL_WAIT


def _wants(wait: float) -> str:
    return f" and wants {wait:.0f} seconds of quiet" if wait > LONGEST_WAIT else ""


def _wait_for_turn(manners: Manners) -> None:
    """Keep the gap between two questions, also to those of other runs of the program."""
    if manners.stamp is None:
        return
    since = seconds_untouched(manners.stamp)
    if since is not None and 0 <= since < manners.gap:
        manners.sleep(manners.gap - since)
    try:
        make_folder(manners.stamp.parent)
        manners.stamp.touch()
    except OSError:
        pass  # a cache that cannot be written is done without


def _said(error: BaseException) -> str:
    return str(error)[:200] or type(error).__name__
