"""The server as an assistant's program starts it: a process of its own that says the protocol and nothing else."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

from tests.conftest import MONDAY, PROGRAM, Compiled, Program, compiled_with
from tests.services.assistant.talk import SUBJECT

# The program of the tests, with a plan that shouts.
LOUD = f"""
import os, runpy
from mlcoach.services.assistant import day
plan = day.plan
def loud(context, *given, **more):
    print("stray")
    os.system("echo from a child")
    return plan(context, *given, **more)
day.plan = loud
runpy.run_path({PROGRAM[1]!r}, run_name="__main__")
"""
PATIENCE = 60  # seconds, on a machine that does much else


class ServerProcess:
    """A server that is spoken to line by line, as the protocol is written."""

    def __init__(self, home: Path, *options: str, program: Sequence[str] = PROGRAM) -> None:
        environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "MLCOACH_HOME": str(home),
            "MLCOACH_NOW": MONDAY, "MLCOACH_MACHINE": "the machine of the tests", "HOME": str(home),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [*program, "assistant", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.number = 0
        client = {"name": "test", "version": "1"}
        self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        self.send({"method": "notifications/initialized"})

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        message = json.loads(self.process.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        return dict(message)

    def begin(self, method: str, **params: Any) -> int:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return self.number

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = self.begin(method, **params)
        answer = self.read()
        assert answer["id"] == number
        return dict(answer["result"])

    def call(self, name: str, **arguments: Any) -> Any:
        result = self.ask("tools/call", name=name, arguments=arguments)
        document = json.loads(result["content"][0]["text"])
        assert not result.get("isError"), document
        return document["data"]

    def left_alone(self) -> tuple[int, str, str]:
        """Close the pipe as a client that ends does; return the exit code, and what was still said."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err


@pytest.fixture(scope="module")
def compiled_talk(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_with(tmp_path_factory.mktemp("talk"), {"talk.toml": SUBJECT})


@pytest.fixture
def home(tmp_path: Path, compiled_talk: Compiled) -> Path:
    compiled_talk.copy_to(tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.slow
def test_nothing_but_the_protocol_is_said_and_the_server_ends_with_its_client(home: Path) -> None:
    server = ServerProcess(home, "--write")
    assert server.call("log", minutes=45, what="talk.one")["day_minutes"] == 45
    broken = server.ask("tools/call", name="rm", arguments={})
    assert broken["isError"]
    assert server.left_alone() == (0, "", "")


@pytest.mark.slow
def test_what_is_printed_beside_the_protocol_goes_to_standard_error(home: Path) -> None:
    """Code of a learner's, other programs and a stray print cannot break the talk."""
    loud = home / "loud.py"
    loud.write_text(LOUD, encoding="utf-8")
    server = ServerProcess(home, program=[sys.executable, str(loud)])
    assert server.call("today")["blocks"]
    code, out, err = server.left_alone()
    assert (code, out) == (0, "")
    assert "stray" in err
    assert "from a child" in err


@pytest.mark.slow
def test_a_client_that_dies_in_the_middle_takes_its_server_along_and_loses_nothing(home: Path) -> None:
    server = ServerProcess(home, "--write")
    for minutes in range(1, 21):
        server.begin("tools/call", name="log", arguments={"minutes": minutes})
    server.read()
    assert server.process.stdin is not None
    assert server.process.stdout is not None
    server.process.stdin.write('{"jsonrpc": "2.0", "id": 99, "meth')
    server.process.stdin.close()
    server.process.stdout.close()  # nobody hears what is still answered
    assert server.process.wait(PATIENCE) == 0
    assert server.process.stderr is not None
    with server.process.stderr as said:
        assert said.read() == ""
    program = Program(home)
    entries = json.loads(program("log --json").out)["data"]["entries"]
    assert len(entries) >= 1
    assert sorted(entry["minutes"] for entry in entries) == list(range(1, len(entries) + 1))
    assert json.loads(program("doctor --json").out)["data"]["ok"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_server_that_is_killed_loses_nothing_that_it_answered(home: Path) -> None:
    server = ServerProcess(home, "--write")
    answered = [server.call("log", minutes=minutes)["minutes"] for minutes in range(1, 11)]
    server.process.send_signal(signal.SIGKILL)
    server.process.communicate(timeout=PATIENCE)
    entries = json.loads(Program(home)("log --json").out)["data"]["entries"]
    assert sorted(entry["minutes"] for entry in entries) == answered


@pytest.mark.slow
def test_two_clients_and_a_terminal_lose_nothing(home: Path) -> None:
    servers = [ServerProcess(home, "--write") for _ in range(2)]
    wrong: list[object] = []

    def talk(server: ServerProcess, least: int) -> None:
        try:
            for minutes in range(least, least + 20):
                server.call("log", minutes=minutes)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=talk, args=(server, 100 * n + 1)) for n, server in enumerate(servers)]
    for thread in threads:
        thread.start()
    program = Program(home)
    graded = [
        json.loads(program(f"grade talk.one/{item} good --json").out)["data"]["item"]
        for item in ("around", "hidden", "both", "hostile", "gravity")
    ]
    for thread in threads:
        thread.join(PATIENCE)
    assert wrong == []
    entries = json.loads(program("log --json").out)["data"]["entries"]
    assert len(entries) == 20  # those of a screen; all are in the sum
    done = json.loads(program("status --json").out)["data"]["minutes"]["done"]
    assert done == sum(range(1, 21)) + sum(range(101, 121))
    assert len(graded) == 5
    assert len(json.loads(program("undo --list --json").out)["data"]["steps"]) == 20
    assert json.loads(program("doctor --json").out)["data"]["ok"]
    for server in servers:
        assert server.left_alone()[0] == 0


@pytest.mark.slow
def test_a_call_costs_little_more_than_a_start_of_python(home: Path) -> None:
    """Three times `python -c pass`, once the server runs; both are measured in turn, the best of each counts."""
    server = ServerProcess(home, "--write")
    server.call("log", minutes=1)
    calls: list[tuple[str, dict[str, Any]]] = [
        ("today", {}), ("unit", {"unit": "vectors"}), ("knowledge", {}), ("question", {}), ("mistakes", {}),
        ("search", {"words": "vectors"}), ("forecast", {}), ("paper", {}), ("log", {"minutes": 1}),
        ("answer", {"item": "talk.one/gravity", "answer": "9.8"}), ("note", {"words": "a line", "worded_by": "learner"}), ("close", {}), ("question", {"unit": "talk", "way": "number"}),
        ("today", {"minutes": 60}),
    ]  # fmt: skip
    best: dict[str, float] = {}

    def timed(name: str, what: Any) -> None:
        began = time.perf_counter()
        what()
        best[name] = min(best.get(name, 1e9), time.perf_counter() - began)

    for _ in range(4):
        timed("", lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
        for name, arguments in calls:
            timed(name, lambda name=name, arguments=arguments: server.call(name, **arguments))
    limit = 3 * best.pop("")
    server.left_alone()
    assert {name: seconds for name, seconds in best.items() if seconds > limit} == {}, limit
