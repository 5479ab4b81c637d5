"""What is sealed is opened with its key alone, and the `age` program opens it too."""

import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.adapters.sync.sealing import InvalidKeyError, PlaceKey, new_key, read_key
from mlcoach.adapters.sync.toml_merge import merge_toml


def test_with_its_key_it_is_opened_and_with_another_not() -> None:
    key, other = new_key(), new_key()
    sealed = key.seal(b"what I know")
    assert key.open(sealed) == b"what I know"
    for bad in (sealed[:-1], sealed[:40], b"", b"nothing of age", sealed[:-3] + b"xxx"):
        with pytest.raises(UnreadableError, match="torn"):
            key.open(bad)
    with pytest.raises(UnreadableError, match="another key"):
        other.open(sealed)
    assert b"know" not in sealed


def test_names_and_fingerprint_follow_from_the_key_and_do_not_give_it_away() -> None:
    key, other = new_key(), new_key()
    assert PlaceKey(key.text.lower()).fingerprint == key.fingerprint != other.fingerprint
    assert key.digest(b"x") == PlaceKey(key.text).digest(b"x") != other.digest(b"x")
    assert len(key.digest(b"x")) == 32


def test_a_key_is_read_alone_or_from_its_file() -> None:
    key = new_key()
    assert read_key(f"  {key.text}\n").text == key.text
    assert read_key(key.file_text()).text == key.text
    for at in range(20, len(key.text), 9):
        assert read_key(f"{key.text[:at]} \n {key.text[at:]}").text == key.text
    slip = key.text[:-1] + ("Q" if key.text[-1] != "Q" else "P")
    for bad in ("", "hello", slip, f"{key.text} {key.text}"):
        with pytest.raises(InvalidKeyError):
            read_key(bad)


@pytest.mark.skipif(shutil.which("age") is None, reason="the `age` program is not here")
def test_the_age_program_opens_what_was_sealed(tmp_path: Path) -> None:
    key = new_key()
    (tmp_path / "key.txt").write_text(key.file_text())
    command = ["age", "--decrypt", "--identity", str(tmp_path / "key.txt")]
    done = subprocess.run(command, input=key.seal(b"what I know"), capture_output=True, check=True)
    assert zlib.decompress(done.stdout) == b"what I know"


BASE = """# what I aim for
goal = 120  # two hours
floor = 20

[weekday]
sun = 0
"""


def test_comments_stay_where_two_machines_change_settings() -> None:
    one = BASE.replace("goal = 120", "goal = 90")
    two = BASE.replace("sun = 0", "sun = 0\nsat = 60")
    merged = merge_toml(BASE, one, two)
    assert merged == (one.replace("sun = 0", "sun = 0\nsat = 60"), ())
    # Both add a key in one place, one of them the same: the lines alone would say it twice.
    added = merge_toml(
        BASE, BASE.replace("floor", 'cue = "tea"\nfloor'), BASE.replace("floor", 'cue = "x"\nslot = "9:00"\nfloor')
    )
    assert added is not None
    assert added.conflicts == ("cue",)
    assert added.text.count("cue") == 1
    assert 'cue = "tea"' in added.text
    assert "# what I aim for" in added.text
    assert "slot" in added.text
    assert merge_toml(BASE, "goal = ", BASE) is None


def test_cards_that_two_machines_wrote_are_both_there() -> None:
    base = 'schema = 1\n\n[[card]]\nid = "a"\nq = "A?"\n'
    one, two = (f'{base}\n[[card]]\nid = "{id}"\nq = "{id}?"\n' for id in ("x", "y"))
    merged = merge_toml(base, one, two)
    assert merged is not None
    assert merged.conflicts == ()
    assert [merged.text.count(f'id = "{id}"') for id in "axy"] == [1, 1, 1]
