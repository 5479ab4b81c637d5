"""The learner's pager: long screens one page at a time."""

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from typing import TextIO

USUAL = "less -FRX"  # ends at once where all fits, keeps colours, leaves the screen as it is
# For the colon of `less`, which names no way out: `-Ps` is its option, `?e…:….` says what stands at the end. There a
# key that would turn one more page leaves (`-e`).
PROMPT = ("-e", "-Ps?ethe end, space or q leaves:space turns the page, q leaves.")


def show_in_pager(text: str, chosen: str, environment: Mapping[str, str], out: TextIO) -> bool:
    """Show a text in the pager and return whether it was shown.

    That is `chosen` (the setting `pager`), or $PAGER where the setting has its usual value; none where it is empty,
    is not installed, or stdout is not a file of the system.
    """
    named = environment.get("PAGER", chosen).strip() if chosen == USUAL else chosen.strip()
    try:
        words = shlex.split(USUAL if named == "less" else named)
        words += PROMPT if words == shlex.split(USUAL) else []
        out.fileno()
    except (ValueError, OSError):
        return False
    if not words or words == ["cat"] or shutil.which(words[0], path=environment.get("PATH")) is None:
        return False
    out.flush()
    try:
        subprocess.run(words, input=text.encode(errors="replace"), stdout=out, check=False)
    except KeyboardInterrupt:
        pass
    except OSError:
        return False
    return True
