"""Whatever is asked, the API answers as its own description says (R6)."""

from __future__ import annotations

import os
import random
from typing import Any

import schemathesis
from hypothesis import Phase, settings
from schemathesis import GenerationMode

from tests.api.asking import api, full_store, town_with_places
from waypost.server.api.lists import written

EXAMPLES = 200 if os.environ.get("WAYPOST_SOAK") else 20
APP = api(full_store(), town_with_places(), look_again=3600)
CURSOR = written(APP.served().feed.start())
schema = schemathesis.openapi.from_asgi("/api/hsds/openapi.json", APP)
random.seed(1)


def make_usable(said: Any) -> None:
    """Put in a cursor that was given, and a postcode beside proximity: what a schema cannot say."""
    if isinstance(said, dict):
        if "cursor" in said:
            said["cursor"] = CURSOR
        if "proximity" in said:
            said.setdefault("postcode", "06776")


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
def test_every_operation_keeps_its_word(case: schemathesis.Case[Any]) -> None:
    """Status, kind, headers and shape of each answer are described, good input is taken and bad is refused."""
    if case.meta and case.meta.generation.mode == GenerationMode.POSITIVE:
        for said in (case.query, case.body):
            make_usable(said)
    case.call_and_validate()


def test_the_hook_is_only_for_what_a_schema_cannot_say() -> None:
    """Other parameters are tried as they were made."""
    asked = {"page": 0, "search": "x"}
    make_usable(asked)
    assert asked == {"page": 0, "search": "x"}
