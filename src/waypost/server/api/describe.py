"""The API's own description, made from the table that it answers by."""

from __future__ import annotations

from typing import Any

from waypost.exchange.schema import VERSION
from waypost.server.api.table import PARAMETERS, SCHEMAS, TABLE

ANSWERS: dict[str, Any] = {
    "200": {"description": "What was asked for."},
    "304": {"description": "It has not changed."},
    "400": {"description": "A parameter is wrong.", "content": {"application/problem+json": {}}},
}


def describe() -> dict[str, Any]:
    """The description, as OpenAPI 3.1."""
    paths: dict[str, Any] = {"/": {"get": {"responses": ANSWERS}}}
    for name, listing in TABLE.items():
        given = [parameter(p) for p in listing.parameters]
        schema = {
            "type": "object",
            "properties": {p: SCHEMAS[PARAMETERS[p].kind] for p in listing.parameters},
        }
        kinds = ("application/json", "application/x-www-form-urlencoded")
        body = {"content": {kind: {"schema": schema} for kind in kinds}}
        post = {"requestBody": body, "parameters": given, "responses": ANSWERS}
        paths[f"/{name}"] = {"get": {"parameters": given, "responses": ANSWERS}, "post": post}
        missing = {"404": {"description": "No such record.", "content": {"application/problem+json": {}}}}
        at = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"/{name}/{{id}}"] = {"get": {"parameters": [at], "responses": {**ANSWERS, **missing}}}
    info = {"title": "Waypost HSDS API", "version": VERSION}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "/api/hsds"}], "paths": paths}


def parameter(name: str) -> dict[str, Any]:
    """One parameter as OpenAPI has it."""
    said = PARAMETERS[name]
    return {"name": name, "in": "query", "description": said.does, "schema": SCHEMAS[said.kind]}
