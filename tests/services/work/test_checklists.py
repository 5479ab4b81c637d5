"""Checklists that tick, from the command line: the list, its screen, undo, overlays and renames."""

import json
from typing import Any

from inline_snapshot import snapshot

from tests.conftest import Program


def data(work: Program, line: str) -> Any:
    return json.loads(work(f"{line} --json").out)["data"]


def test_a_checklist_ticks_and_unticks(work: Program) -> None:
    assert work("curriculum show spring --check dig sow", tty=80).out == snapshot("""\
Ticked dig, sow: 2 of 2 items done.

Every spring                                                      spring  2 of 2

✓ Dig (dig)
✓ Sow (sow)
Undo: mlcoach undo
""")
    told = data(work, "curriculum show spring --uncheck dig")
    assert (told["changed"], told["unchanged"], told["checklist"]["done"]) == (["dig"], [], 1)
    assert data(work, "curriculum show spring --check sow")["unchanged"] == ["sow"]
    assert {line["id"]: (line["done"], line["of"]) for line in data(work, "curriculum list")["ticked"]}["spring"] == (
        1,
        2,
    )
    assert "1 of 2" in work("curriculum list", tty=80).out


def test_undo_export_and_import_carry_ticks(work: Program, compiled_work: Any, tmp_path: Any) -> None:
    work("curriculum show portfolio --check no-titanic")
    (tmp_path / "j.jsonl").write_text(work("export journal").out, encoding="utf-8")
    assert "no-titanic of portfolio ticked" in work("undo").out.replace("\n", " ")
    assert data(work, "curriculum show portfolio")["checklist"]["done"] == 0
    compiled_work.copy_to(tmp_path / "other")
    other = Program(tmp_path / "other")
    other(f"import journal {tmp_path / 'j.jsonl'}")
    assert data(other, "curriculum show portfolio")["checklist"]["done"] == 1
    assert all(check["ok"] for check in data(other, "doctor")["checks"] if check["name"] == "rows")


def test_names_that_do_not_fit(work: Program) -> None:
    assert "no item `dgi`" in work("curriculum show spring --check dgi", expect=3).err
    assert "did you mean `dig`" in work("curriculum show spring --check dgi", expect=3).err
    assert "only checklists are ticked" in work("curriculum show math.la.vectors --check x", expect=2).err
    assert "name the checklist" in work("curriculum show --check", expect=2).err


def test_a_tick_survives_a_rename_by_was_and_an_item_that_is_gone_is_kept(mlcoach: Program) -> None:
    old = 'schema = 1\n[[checklist]]\nid = "early-year"\ntitle = "Spring"\nitem = [{ id = "delve", text = "Dig" }, { id = "burn", text = "Burn" }]\n'
    new = 'schema = 1\n[[checklist]]\nid = "spring"\nwas = ["early-year"]\ntitle = "Spring"\nitem = [{ id = "dig", text = "Dig", was = ["delve"] }]\n'
    mlcoach.write("config/curriculum/own.toml", old)
    mlcoach("curriculum show early-year --check delve burn")
    mlcoach.write("config/curriculum/own.toml", new)
    told = data(mlcoach, "curriculum show spring")["checklist"]
    assert [(item["id"], item["done"]) for item in told["items"]] == [("dig", True)]
    assert told["orphans"] == ["burn"]
    assert "no longer in this list: burn" in mlcoach("curriculum show spring").out.replace("\n", " ")
    (check,) = [one for one in data(mlcoach, "doctor")["checks"] if one["name"] == "ticks"]
    assert (check["level"], check["more"][0]) == ("advice", "early-year/burn")
    assert data(mlcoach, "curriculum show spring --uncheck dig")["checklist"]["done"] == 0


def test_an_overlay_keeps_the_ticks_of_what_it_changes(mlcoach: Program) -> None:
    mlcoach("curriculum show portfolio --check no-titanic")
    mlcoach.write(
        "config/curriculum/own.toml",
        'schema = 1\n[[checklist]]\nid = "portfolio"\ntitle = "Mine"\nitem = [{ id = "own", text = "One of mine" }]\n',
    )
    mlcoach("curriculum show portfolio --check own")
    told = data(mlcoach, "curriculum show portfolio")["checklist"]
    assert (told["title"], told["done"]) == ("Mine", 2)
