"""Cards and readings without an id get one from their text, and can have it written into the file."""

import tomllib

from inline_snapshot import snapshot

from mlcoach.curriculum.write.fix import fixes
from tests.curriculum.curriculum_folders import OVERLAY, Folders, codes

MINE = """\
schema = 1
id     = "my.tensors"
title  = "Tensors"
track  = "math"

[resources.notes]
title = "Notes"

[[unit]]
id       = "first"
title    = "First"
hours    = 4
recall   = "?"
read     = [{ in = "notes", at = "1", core = true }, { in = "notes", at = "2" }]
exercise = [{ title = "Ranks", prompt = "Compute ranks." }]

  [[unit.card]]    # the first
  q = "What is a rank?"
  a = "A number."

  [[unit.card]]
  id = "shape"
  q  = "What is a shape?"
  a  = "Numbers."

  [[unit.card]]
  q = "What is a rank?"
  a = "The same question."
"""


def test_temporary_ids_come_from_the_text(folders: Folders) -> None:
    folders.write("mine.toml", MINE)
    with folders.open() as catalog:
        first = [head.id for head in catalog.items("my.tensors.first")]
    assert len(set(first)) == 4
    # An answer may change, and cards may move, without a new id.
    folders.write("mine.toml", MINE.replace("A number.", "How many indices it has, a whole number."))
    with folders.open() as catalog:
        assert [head.id for head in catalog.items("my.tensors.first")] == first
    folders.write("mine.toml", MINE.replace("What is a rank?", "What is the rank?"))
    with folders.open() as catalog:
        assert catalog.items("my.tensors.first")[0].id != first[0]


def test_writing_the_ids_keeps_them_and_everything_else(folders: Folders) -> None:
    path = folders.write("mine.toml", MINE)
    folders.write("over.toml", OVERLAY + "[[change.eigen.add.card]]\nq = '?'\na = '!'\n")
    with folders.open() as catalog:
        before, steps = catalog.item_ids(), [step.id for step in catalog.steps("my.tensors.first")]
    found, _ = fixes(folders.bundled, folders.own)
    assert {fix.path.name: len(fix.items) for fix in found} == {"mine.toml": 4, "over.toml": 1}
    for fix in found:
        fix.path.write_text(fix.text)
        assert set(fix.items) <= {*before, *steps}
    assert codes(folders.check()) == ["no-check"]
    with folders.open() as catalog:
        assert catalog.item_ids() == before
        assert [step.id for step in catalog.steps("my.tensors.first")] == steps
    assert path.read_text() == snapshot(
        """\
schema = 1
id     = "my.tensors"
title  = "Tensors"
track  = "math"

[resources.notes]
title = "Notes"

[[unit]]
id       = "first"
title    = "First"
hours    = 4
recall   = "?"
read     = [{ id = "text-2d00e6e6", in = "notes", at = "1", core = true }, { in = "notes", at = "2" }]
exercise = [{ id = "text-ad0f0754", title = "Ranks", prompt = "Compute ranks." }]

  [[unit.card]]    # the first
  id = "text-4a13e57e"
  q = "What is a rank?"
  a = "A number."

  [[unit.card]]
  id = "shape"
  q  = "What is a shape?"
  a  = "Numbers."

  [[unit.card]]
  id = "text-4a13e57e-2"
  q = "What is a rank?"
  a = "The same question."
"""
    )
    assert tomllib.loads(path.read_text())
    assert fixes(folders.bundled, folders.own)[0] == []


def test_a_broken_file_is_not_touched(folders: Folders) -> None:
    folders.write("mine.toml", MINE + "oops")
    assert fixes(folders.bundled, folders.own)[0] == []
