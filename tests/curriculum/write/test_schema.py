"""The JSON Schema says what the checker says, and every key has a description for the editor to show."""

import json
import re
import tomllib
from typing import Any

import pytest

from mlcoach.curriculum.read.find import bundled_folder, list_files
from mlcoach.curriculum.write.schema import json_schema
from tests.curriculum.curriculum_folders import HERE

SCHEMA = json_schema()
BUNDLE = bundled_folder()


def test_every_key_and_table_is_described() -> None:
    for name, table in SCHEMA["$defs"].items():
        assert table["description"].strip(), name
        assert table["additionalProperties"] is False
        for key, value in table["properties"].items():
            assert len(value.get("description", "")) > 4, f"{name}.{key}"


def test_nothing_of_python_shows() -> None:
    text = json.dumps(SCHEMA)
    for word in ('"null"', '_"', "schema_", "in_", "for_", "pydantic"):
        assert word not in text.replace('"$defs"', ""), word
    assert SCHEMA["$defs"]["SubjectFile"]["required"] == ["schema", "id", "title", "track"]


def test_code_stands_in_the_file_or_in_a_folder() -> None:
    code = {"$ref": "#/$defs/Code"}
    inline = {"file": "a.py", "starter": "1", "solution": "1", "test": [{"id": "one", "body": "1"}]}
    assert conforms(inline, code)
    assert conforms({"file": "a.py", "from": "one/", "visible": ["one"]}, code)
    assert not conforms({"file": "a.py"}, code)
    assert not conforms({**inline, "from": "one/"}, code)


def test_hours_and_forms_are_bounded() -> None:
    unit = SCHEMA["$defs"]["Unit"]["properties"]
    assert (unit["hours"]["minimum"], unit["hours"]["maximum"]) == (2, 25)
    assert unit["lane"]["enum"] == ["concept", "build"]
    short, table = unit["requires"]["items"]["anyOf"]
    assert short["type"] == "string"
    assert table == {"$ref": "#/$defs/Requirement"}


def conforms(value: Any, schema: dict[str, Any]) -> bool:
    """Hold a value against the parts of JSON Schema that ours uses, patterns and lengths left out."""
    if "$ref" in schema:
        return conforms(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(conforms(value, part) for part in schema["anyOf"])
    if "enum" in schema and value not in schema["enum"]:
        return False
    types = {"string": str, "boolean": bool, "array": list, "object": dict, "number": (int, float), "integer": int}
    kind = schema.get("type")
    if schema.get("format") == "date":
        return hasattr(value, "isoformat")
    if kind and (not isinstance(value, types[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return False
    if kind in ("number", "integer"):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        return all(conforms(part, schema["items"]) for part in value)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for pattern, inner in schema.get("patternProperties", {}).items():
            known = known | {key: inner for key in value if re.search(pattern, key)}
        if schema.get("additionalProperties") is False and not value.keys() <= known.keys():
            return False
        if not set(schema.get("required", [])) <= value.keys():
            return False
        ways = [set(way["required"]) <= value.keys() for way in schema.get("oneOf", [])]
        if ways and ways.count(True) != 1:
            return False
        return all(conforms(part, known[key]) for key, part in value.items())
    return True


@pytest.mark.parametrize("name", [stamp.name for stamp in list_files(BUNDLE)])
def test_every_bundled_file_conforms(name: str) -> None:
    assert conforms(tomllib.loads((BUNDLE / name).read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("name", ["unknown-keys", "wrong-types", "hours", "newer-schema", "no-schema"])
def test_broken_files_do_not(name: str) -> None:
    assert not conforms(tomllib.loads((HERE / "broken" / f"{name}.toml").read_text(encoding="utf-8")), SCHEMA)
