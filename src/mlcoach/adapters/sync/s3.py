"""A place in storage that speaks S3: a bucket with a prefix, at Amazon or anywhere else.

Who asks is said by the environment, as for other programs: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
`AWS_SESSION_TOKEN`, `AWS_REGION`, and `AWS_ENDPOINT_URL` for storage that is not Amazon's. Nothing of it is kept.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.sync.place import (
    LARGEST,
    MOST_FILES,
    Listing,
    PlaceGoneError,
    PlaceRefusesError,
    StrangeFile,
    UnreadableError,
)
from mlcoach.domain.text import one_line
from mlcoach.errors import MissingExtraError, MlcoachError, UsageError

if TYPE_CHECKING:
    from obstore.store import S3Store

SCHEME = "s3://"
PATIENCE = timedelta(seconds=30)  # for one answer, and for all tries
TRIES = 3
_CONFIG = {
    f"aws_{name}"
    for name in (
        "access_key_id", "secret_access_key", "session_token", "region", "default_region", "endpoint", "endpoint_url",
        "virtual_hosted_style_request", "unsigned_payload", "skip_signature", "web_identity_token_file", "role_arn",
    )
}  # fmt: skip
_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[\w.=+@-]+)*)/?", re.ASCII)
# What stands in an answer, and what it says; the first that is found counts.
_REASONS = (
    # Where the environment has none, the machine that a cloud lends one is asked, at this address.
    (("169.254.169.254",), "there are no credentials in the environment"),
    (("ExpiredToken", "TokenRefreshRequired", "RequestExpired", "token has expired"), "the credentials have expired"),
    (
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthFailure"),
        "the credentials are not accepted",
    ),
    (("RequestTimeTooSkewed",), "the clock of this machine is too far off"),
    (("NoSuchBucket",), "there is no such bucket"),
    (("AccessDenied", "AllAccessDisabled", "Forbidden", "403"), "these credentials have no right to it"),
    (("Unauthorized", "401"), "the credentials are not accepted"),
    (("error sending request", "Connect", "timed out", "dns"), "nothing answers there"),
)
_HINTS = {
    "the credentials have expired": "get new ones into the environment; what you do here waits for the next time",
    "there are no credentials in the environment": "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "there is no such bucket": "make it first, or name another one",
}
_HINT = "are the credentials in the environment the right ones, and is there a network? nothing is lost here"


class S3Place:
    """The files below a prefix of a bucket."""

    def __init__(self, address: str, environment: Mapping[str, str]) -> None:
        """Raise UsageError for what is not such an address."""
        if _ADDRESS.fullmatch(address) is None or any(part in (".", "..") for part in address.split("/")):
            raise UsageError(f"`{address:.200}` is not the address of a bucket", "write it as s3://bucket/prefix")
        self._address = address.rstrip("/")
        self._environment = environment
        self._known: set[str] = set()

    @property
    def address(self) -> str:
        """The address as `s3://bucket/prefix`."""
        return self._address

    @cached_property
    def _store(self) -> "S3Store":
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise MissingExtraError(
                "a place in S3 needs the package obstore", "install it: pip install 'mlcoach[s3]'"
            ) from error
        bucket, _, prefix = self._address.removeprefix(SCHEME).partition("/")
        config: dict[str, Any] = {
            name.lower(): value
            for name, value in self._environment.items()
            if name.startswith("AWS_") and name.lower() in _CONFIG and value
        }
        endpoint = config.get("aws_endpoint_url", "") or config.get("aws_endpoint", "")
        try:
            return S3Store(
                bucket,
                prefix=prefix or None,
                config=config,  # type: ignore[arg-type]  # the names in `_CONFIG` are among its keys
                client_options={
                    "timeout": PATIENCE,
                    "connect_timeout": PATIENCE,
                    "allow_http": endpoint.startswith("http:"),
                },
                retry_config={"max_retries": TRIES - 1, "retry_timeout": PATIENCE},
            )
        except Exception as error:
            raise UsageError(
                f"the place `{self._address}` cannot be used: {_first_line(error)}", "look at the variables AWS_…"
            ) from error

    def listing(self) -> Listing:
        """Return what is there now. Raises PlaceGoneError."""
        sizes: dict[str, int] = {}
        strange: list[StrangeFile] = []
        store = self._store
        try:
            for part in store.list(chunk_size=1000):
                for one in part:
                    if len(sizes) + len(strange) >= MOST_FILES:
                        raise PlaceGoneError(
                            f"`{self.address}` has more files than a place can have", "look what they are"
                        )
                    if one["size"] > LARGEST:
                        strange.append(StrangeFile(one["path"], "larger than any file of a place"))
                    else:
                        sizes[one["path"]] = one["size"]
        except MlcoachError:
            raise
        except Exception as error:  # of the library: there are many kinds, and all mean this
            raise self._gone(error) from error
        self._known = set(sizes)
        return Listing(sizes, strange)

    def get(self, name: str) -> bytes:
        """Return a file. Raises UnreadableError for one that is not there, PlaceGoneError."""
        store = self._store
        try:
            return bytes(store.get(name).bytes())
        except FileNotFoundError as error:
            raise UnreadableError("it is not there") from error
        except Exception as error:
            raise self._gone(error) from error

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        """Put a file; one that is there stays, unless it is to be put `again`. Raises PlaceRefusesError."""
        if name in self._known and not again:
            return
        store = self._store
        from obstore.exceptions import AlreadyExistsError, NotSupportedError, PreconditionError

        try:
            try:
                store.put(name, content, mode="overwrite" if again else "create")
            except (AlreadyExistsError, PreconditionError):
                pass  # somebody was faster
            except NotSupportedError:  # storage that cannot tell: the listing has said that it is not there
                store.put(name, content, mode="overwrite")
        except Exception as error:
            raise self._refusal(error) from error
        self._known.add(name)

    def remove(self, name: str) -> None:
        """Remove a file. Raises PlaceRefusesError."""
        store = self._store
        try:
            with suppress(FileNotFoundError):
                store.delete(name)
        except Exception as error:
            raise self._refusal(error) from error
        self._known.discard(name)

    def finish(self) -> None:
        """Do nothing: what was put is there."""

    def _gone(self, error: Exception) -> PlaceGoneError:
        reason = _reason(error)
        return PlaceGoneError(f"the place `{self.address}` cannot be reached: {reason}", _HINTS.get(reason, _HINT))

    def _refusal(self, error: Exception) -> PlaceRefusesError:
        reason = _reason(error)
        return PlaceRefusesError(f"the place `{self.address}` cannot be written: {reason}", _HINTS.get(reason, _HINT))


def _reason(error: Exception) -> str:
    """Return in a few words what an error of the library says."""
    told = str(error)
    return next((said for marks, said in _REASONS if any(mark in told for mark in marks)), _first_line(error))


def _first_line(error: Exception) -> str:
    return one_line(str(error).strip().split("\n")[0])[:160] or type(error).__name__
