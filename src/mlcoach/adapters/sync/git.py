"""A place in a git remote: a branch of its own in any repository, with a bare clone here that nobody else uses.

There is no working tree: files are read and written as objects, so that nothing of the remote repository is ever a
file, a link or a program on this machine. What git reads as its settings is the learner's own (their keys and
passwords are needed), never the remote's; hooks do not run, and only the usual ways of transport are allowed.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

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
from mlcoach.private_files import make_folder

BRANCH = "refs/heads/mlcoach"
_HERE = "refs/mlcoach/there"
PATIENCE = 300  # seconds for one exchange with the remote
TRIES = 5  # pushes, where others push at the same time
_SAFE = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
    "-c", "core.pager=cat", "-c", "commit.gpgSign=false", "-c", "push.gpgSign=false", "-c", "push.followTags=false",
    "-c", "submodule.recurse=false", "-c", "fetch.recurseSubmodules=false", "-c", "transfer.bundleURI=false",
    "-c", "core.alternateRefsCommand=true", "-c", "protocol.version=2",
)  # fmt: skip
_AUTHOR = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "mlcoach"), ("EMAIL", "mlcoach@localhost"))
}
# A repository on this machine would run its own hooks when it is pushed to.
_LOCAL_RECEIVE = (
    "--receive-pack=git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=true -c receive.autogc=false"
    " -c gc.auto=0 -c core.fsmonitor=false receive-pack"
)
_ADDRESS = re.compile(r"(https?|ssh|git|file)://\S+|[\w.-]+@[\w.-]+:\S+|\S+\.git/?")
_LISTED = re.compile(rb"(\d{6}) (\w+) ([0-9a-f]{40,64}) +(-|\d+)\t(.*)", re.DOTALL)


def is_git_address(address: str) -> bool:
    """Return whether an address is one that git understands, and not a plain folder."""
    path = Path(address).expanduser()
    is_repository = (path / "HEAD").is_file() and (path / "objects").is_dir()
    return not address.startswith("-") and (is_repository or _ADDRESS.fullmatch(address) is not None)


class GitPlace:
    """The files of the branch `mlcoach` of a remote; `clone` is the folder of the bare clone here."""

    def __init__(self, address: str, clone: Path, environment: Mapping[str, str]) -> None:
        self._address = address
        local = Path(address).expanduser()
        self._remote = str(local.absolute()) if local.is_dir() else address
        self._is_local = local.is_dir() or address.startswith("file://")
        self._clone = clone
        self._environment = environment
        self._objects: dict[str, str] = {}  # of the remote, by name
        self._put: dict[str, str] = {}
        self._removed: set[str] = set()

    @property
    def address(self) -> str:
        """The address of the remote."""
        return self._address

    def listing(self) -> Listing:
        """Return what is there now. Raises PlaceGoneError."""
        self._fetch()
        return self._listed()

    def _fetch(self) -> None:
        if not (self._clone / "HEAD").is_file():
            try:
                make_folder(self._clone.parent)
            except OSError as error:
                raise PlaceGoneError(f"cannot write `{self._clone}`: {error.strerror}", "make room there") from error
            self._run("init", "--quiet", "--bare", "--template=", str(self._clone), here=False)
        # An empty answer is a repository where nobody has begun a place yet.
        found = self._run("ls-remote", "--quiet", "--", self._remote, BRANCH).split()
        if not found:
            self._run("update-ref", "-d", _HERE, refusal_is_fine=True)
            return
        if found[0].decode("ascii", "replace") == self._head():
            return
        self._run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", self._remote, f"+{BRANCH}:{_HERE}")

    def _listed(self) -> Listing:
        sizes: dict[str, int] = {}
        strange: list[StrangeFile] = []
        self._objects = {}
        if not self._head():
            return Listing(sizes, strange)
        for entry in self._run("ls-tree", "-r", "-z", "-l", "--full-tree", _HERE).split(b"\0"):
            found = _LISTED.fullmatch(entry)
            if found is None:
                continue
            mode, kind, object_id, size, raw = found.groups()
            name = raw.decode("utf-8", "replace")
            if len(sizes) + len(strange) >= MOST_FILES:
                raise PlaceGoneError(f"`{self.address}` has more files than a place can have", "look what they are")
            if kind != b"blob" or mode not in (b"100644", b"100755"):
                strange.append(StrangeFile(name, "a link or a submodule, which is not followed"))
            elif int(size) > LARGEST:
                strange.append(StrangeFile(name, "larger than any file of a place"))
            else:
                sizes[name] = int(size)
                self._objects[name] = object_id.decode()
        return Listing(sizes, strange)

    def _head(self) -> str:
        return self._run("rev-parse", "--quiet", "--verify", _HERE, refusal_is_fine=True).decode().strip()

    def get(self, name: str) -> bytes:
        """Return a file. Raises UnreadableError for one that is not there."""
        object_id = self._put.get(name) or self._objects.get(name)
        if object_id is None:
            raise UnreadableError("it is not there")
        try:
            return self._run("cat-file", "blob", object_id)
        except PlaceGoneError as error:
            raise UnreadableError(error.message) from error

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        """Put a file; one that is there stays, unless it is to be put `again`. Raises PlaceRefusesError."""
        if again or name not in self._objects:
            try:
                self._put[name] = self._run("hash-object", "-w", "--stdin", given=content).decode().strip()
            except PlaceGoneError as error:
                raise PlaceRefusesError(error.message, error.hint) from error
            self._removed.discard(name)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._removed.add(name)
        self._put.pop(name, None)

    def finish(self) -> None:
        """Push what was put, on top of what others pushed meanwhile. Raises PlaceRefusesError and PlaceGoneError."""
        said = ""
        for _ in range(TRIES):
            if not self._put and not self._removed:
                return
            parent = self._head()
            commit = self._commit(parent)
            if commit is None:
                break
            receive = (_LOCAL_RECEIVE,) if self._is_local else ()
            lease = f"--force-with-lease={BRANCH}:{parent}"
            done = self._call(
                "push", "--quiet", "--no-verify", lease, *receive, "--", self._remote, f"{commit}:{BRANCH}"
            )
            if done.returncode == 0:
                self._run("update-ref", _HERE, commit)
                break
            said = _reason(done.stderr)
            self._fetch()
            if self._head() == parent:  # nobody was faster: it is refused
                raise PlaceRefusesError(
                    f"the place `{self.address}` cannot be written: {said}",
                    "all of it is kept here and goes with the next sync",
                )
            was = set(self._objects)
            self._listed()
            # What others put under the same name stays as it is.
            self._put = {name: id for name, id in self._put.items() if name in was or name not in self._objects}
        else:
            raise PlaceRefusesError(f"`{self.address}` was pushed to by others all the time: {said}", "try again")
        self._objects |= self._put
        for name in self._removed:
            self._objects.pop(name, None)
        self._put, self._removed = {}, set()

    def _commit(self, parent: str) -> str | None:
        """Return a new commit with what was put, None where it would change nothing."""
        index = self._clone / "mlcoach-index"
        more = {"GIT_INDEX_FILE": str(index)}
        self._run("read-tree", *([parent] if parent else ["--empty"]), more=more)
        lines = [f"100644 {object_id}\t{name}" for name, object_id in sorted(self._put.items())]
        # What is not there cannot be removed; a mode of 0 is a removal.
        lines += [f"0 {'0' * 40}\t{name}" for name in sorted(self._removed)]
        self._run(
            "update-index", "-z", "--index-info", given="".join(f"{line}\0" for line in lines).encode(), more=more
        )
        tree = self._run("write-tree", more=more).decode().strip()
        if parent and self._run("rev-parse", f"{parent}^{{tree}}").decode().strip() == tree:
            return None
        before = ("-p", parent) if parent else ()
        return self._run("commit-tree", tree, *before, "-m", "sync").decode().strip()

    def _run(
        self,
        *words: str,
        given: bytes = b"",
        more: Mapping[str, str] | None = None,
        here: bool = True,
        refusal_is_fine: bool = False,
    ) -> bytes:
        done = self._call(*words, given=given, more=more, here=here)
        if done.returncode and not refusal_is_fine:
            raise PlaceGoneError(
                f"the place `{self.address}` cannot be reached: {_reason(done.stderr)}",
                "is there a network, and may you use this repository? what you do here waits for the next sync",
            )
        return done.stdout if not done.returncode else b""

    def _call(
        self, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None, here: bool = True
    ) -> "subprocess.CompletedProcess[bytes]":
        kept = {name: value for name, value in self._environment.items() if not name.startswith("GIT_")}
        # How the learner's git reaches other machines is theirs to say.
        kept |= {
            name: value
            for name, value in self._environment.items()
            if name in ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_PROXY_COMMAND", "GIT_ASKPASS")
        }
        kept |= {
            "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
            "GIT_NO_REPLACE_OBJECTS": "1", "PATH": kept.get("PATH", os.defpath), **_AUTHOR, **(more or {}),
        }  # fmt: skip
        kept.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
        command = ["git", *(("--git-dir", str(self._clone)) if here else ()), *_SAFE, *words]
        try:
            return subprocess.run(command, env=kept, input=given, capture_output=True, timeout=PATIENCE)
        except FileNotFoundError:
            return subprocess.CompletedProcess(command, 1, b"", b"git is not installed")
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, b"", f"it took longer than {PATIENCE} seconds".encode())
        except OSError as error:
            return subprocess.CompletedProcess(command, 1, b"", str(error.strerror).encode())


def _reason(said: bytes) -> str:
    lines = [one_line(line) for line in said.decode("utf-8", "replace").splitlines()]
    chosen = [line for line in lines if line.startswith(("fatal:", "error:", "remote: error:", " ! "))] or lines
    found = chosen[0] if chosen else ""
    return re.sub(r"^(remote: )?(fatal|error): ", "", found)[:160] or "git gave no reason"
