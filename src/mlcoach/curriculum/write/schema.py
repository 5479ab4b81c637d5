"""The file format as a JSON Schema, with which editors complete, explain and check curriculum files."""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from mlcoach.curriculum.read.model import LooseFile, OverlayFile, SubjectFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a curriculum file: a subject, an overlay, or paths, checklists, papers and roles."""
    kinds = (SubjectFile, OverlayFile, LooseFile)
    places, schema = models_json_schema([(kind, "validation") for kind in kinds])
    # The names in the schema are those of the format: `Unit`, for the class `UnitTable`.
    named = json.loads(json.dumps(schema["$defs"]).replace('Table"', '"'))
    definitions = {name: _without_null(table) for name, table in named.items()}
    edge = definitions["Requirement"]["properties"]["unit"]
    for table in definitions.values():
        if "requires" in table.get("properties", {}):
            table["properties"]["requires"]["items"] = {"anyOf": [edge, {"$ref": "#/$defs/Requirement"}]}
    return {
        "$schema": DIALECT,
        "title": "mlcoach curriculum file",
        "description": "A subject (`id`), an overlay over one (`over`), or paths, checklists, papers and roles.",
        "type": "object",
        "anyOf": [places[kind, "validation"] for kind in kinds],
        "$defs": definitions,
    }


def _without_null(schema: Any) -> Any:
    """Drop `null` and its default everywhere, for TOML has none, and the titles pydantic makes of names."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {
        key: _without_null(value)
        for key, value in schema.items()
        if not (key == "default" and value is None) and not (key == "title" and isinstance(value, str))
    }
    if "patternProperties" in result:
        result["additionalProperties"] = False
    if "anyOf" in result and {"type": "null"} in result["anyOf"]:
        rest = [part for part in result.pop("anyOf") if part != {"type": "null"}]
        result |= rest[0] if len(rest) == 1 else {"anyOf": rest}
    return result
