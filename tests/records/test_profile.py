"""The profile of what we add: valid merge patches, of everything that we write, that our exports keep to."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from tests.records.factories import TODAY, organization, pack, store
from waypost.desk.give import give
from waypost.desk.intake import intake_pack
from waypost.exchange import profile
from waypost.exchange.objects import OBJECTS
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.own import Own
from waypost.exchange.schema import schema

PRIVATE = {"steward_note", "confidential"}


@pytest.mark.parametrize("object_", OBJECTS)
def test_compiled_schema_is_a_schema(object_: str) -> None:
    """The standard's schema with our patch applied is a JSON Schema, and nothing of the standard's is gone."""
    compiled = profile.compiled(object_)
    jsonschema_rs.meta.validate({**compiled, "$schema": "https://json-schema.org/draft/2020-12/schema"})
    assert set(schema(object_)["properties"]) <= set(compiled["properties"])
    assert compiled.get("required") == schema(object_).get("required")


def test_every_own_field_is_declared_but_the_private_ones() -> None:
    """Whatever we write under our key is in the profile, but for what is never given away."""
    declared = {field for fields in profile.FIELDS.values() for field in fields}
    assert set(Own.__struct_fields__) - declared == PRIVATE
    assert not declared & PRIVATE


def test_what_we_give_away_keeps_to_the_profile() -> None:
    """Each object of an export has under our key only fields that its patch declares, of the declared types."""
    held = store()
    town = pack(organization())
    intake_pack(held, town, TODAY)
    for (object_, _), doc in give(held, town, TODAY).docs.items():
        if "waypost" in doc:
            own = profile.compiled(object_)["properties"]["waypost"]
            assert set(doc["waypost"]) <= set(own["properties"]), (object_, doc["waypost"])
            jsonschema_rs.validator_for(own).validate(doc["waypost"])


def test_merge_patch_is_as_the_rfc_has_it() -> None:
    """Null removes, objects are merged, anything else replaces."""
    assert profile.merged({"a": 1, "b": {"c": 1, "d": 2}}, {"a": None, "b": {"c": 3}, "e": [1]}) == {
        "b": {"c": 3, "d": 2},
        "e": [1],
    }
    assert profile.merged("text", {"a": {"b": None}}) == {"a": {}}


def test_exports_name_the_profile() -> None:
    """datapackage.json names the profile, and the document describes the files that there are."""
    files, _ = FORMATS["hsds-csv"]({})
    assert msgspec.json.decode(files["datapackage.json"])["hsds_profile"] == profile.URI
    every = profile.files()
    assert set(msgspec.json.decode(every["profile.json"])["files"]) == set(every) - {"profile.json"}


def test_document_names_the_version() -> None:
    """docs/hsds-profile.md speaks of this version."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "hsds-profile.md").read_text("utf-8")
    assert profile.URI in text
