"""What a server offers an assistant: tools and prompts, without a word of the protocol."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class OfferedTool(NamedTuple):
    """A tool: its name and title, what it is for, the JSON schema of its arguments, and whether it changes anything."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    writes: bool


class OfferedPrompt(NamedTuple):
    """A prompt: its name and title, what it is for, and its argument as (name, meaning)."""

    name: str
    title: str
    description: str
    argument: tuple[str, str]


class Said(NamedTuple):
    """What a call says: one JSON document, and whether it tells of an error."""

    text: str
    failed: bool = False


class Offer(NamedTuple):
    """All that a server offers. `call` and `prompt` take a name and its arguments; neither ever raises.

    `takes_long` says of a call that it runs code of the learner's: others need not wait for it. `warm` reads once what
    calls read, so that the first one does not wait; `afterwards` is what a change leaves to do when it is answered.
    None of them raises either.
    """

    name: str
    version: str
    instructions: str
    tools: tuple[OfferedTool, ...]
    prompts: tuple[OfferedPrompt, ...]
    call: Callable[[str, Mapping[str, Any]], Said]
    prompt: Callable[[str, Mapping[str, str]], Said]
    takes_long: Callable[[str, Mapping[str, Any]], bool]
    warm: Callable[[], None]
    afterwards: Callable[[], None]
