"""The API's own description, made from the table that it answers by and from the standard's schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from waypost.exchange.objects import OBJECTS
from waypost.exchange.profile import compiled
from waypost.exchange.schema import VERSION
from waypost.server.api.table import CHANGES, MOST, PARAMETERS, SCHEMAS, TABLE

Json = dict[str, Any]
PROBLEM = "application/problem+json"
FORMS = ("application/json", "application/x-www-form-urlencoded")
TAGS = {"ETag": {"schema": {"type": "string"}}, "Last-Modified": {"schema": {"type": "string"}}}
PATHS = {"root": "/", "description": "/openapi.json", "profile": "/profile", "changes": "/changes"}


def describe(postcodes: list[str]) -> Json:
    """The description, as OpenAPI 3.1. It names the postal codes that this guide knows."""
    paths: Json = {
        PATHS["root"]: {"get": operation("about", answered("What this API is.", ref("About")), [], 400)},
        PATHS["description"]: {
            "get": operation("description", answered("This.", {"type": "object"}), [], 400)
        },
        PATHS["profile"]: {
            "get": operation("profile", answered("What we add to HSDS.", {"type": "object"}), [], 400)
        },
        PATHS["profile"] + "/{name}": {
            "get": operation(
                "profileFile", answered("A merge patch.", {"type": "object"}), [at("name")], 400, 404
            )
        },
        PATHS["changes"]: both("changes", CHANGES, answered("What changed.", ref("Changes")), postcodes, 410),
    }
    for name, listing in TABLE.items():
        object_ = ref(listing.object)
        paths[f"/{name}"] = both(f"{name}List", listing.parameters, listed(object_), postcodes)
        given = [at("id"), *(parameter(p, postcodes) for p in listing.one)]
        whole = answered("The object with everything nested in it.", object_)
        moved = {"308": {"description": "It became part of another record.", "headers": {"Location": TEXT}}}
        paths[f"/{name}/{{id}}"] = {"get": operation(f"{name}ById", {**whole, **moved}, given, 400, 404)}
    about = {
        "title": "Waypost HSDS API",
        "version": VERSION,
        "description": "Records as HSDS has them. Lists also take POST, so that nothing asked stands in an address.",
        "license": {"name": "Each record names its source and licence under waypost.origin"},
    }
    return {
        "openapi": "3.1.0",
        "info": about,
        "servers": [{"url": "/api/hsds"}],
        "paths": paths,
        "components": {"schemas": schemas()},
    }


TEXT: Json = {"schema": {"type": "string"}}


def both(name: str, parameters: tuple[str, ...], answers: Json, postcodes: list[str], *more: int) -> Json:
    """One address that takes GET and, with the same parameters in a body, POST."""
    given = [parameter(p, postcodes) for p in parameters]
    properties = {p: schema_of(p, postcodes) for p in parameters}
    shape: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    if "proximity" in parameters:
        shape["dependentRequired"] = {"proximity": ["postcode"]}
    body = {"content": {kind: {"schema": shape} for kind in FORMS}}
    post = operation(f"{name}Post", without(answers, "304"), [], 400, 413, 415, *more)
    return {"get": operation(name, answers, given, 400, *more), "post": {**post, "requestBody": body}}


def without(answers: Json, status: str) -> Json:
    """The answers but one."""
    return {code: said for code, said in answers.items() if code != status}


def operation(name: str, answers: Json, given: list[Json], *wrong: int) -> Json:
    """One operation: what it is called, what it takes and everything that it may answer."""
    problems = {
        str(status): {"description": WRONG[status], "content": {PROBLEM: {"schema": ref("Problem")}}}
        for status in sorted({*wrong, 405, 406, 500, 503})
    }
    return {"operationId": name, "parameters": given, "responses": {**answers, **problems}}


WRONG = {
    400: "A parameter is wrong; all that is wrong is told at once.",
    404: "There is no such thing.",
    405: "This address does not take that method.",
    406: "The request takes none of the kinds that there are.",
    410: "The cursor is from before what may be passed on was decided anew.",
    413: "The body is too large.",
    415: "The body is neither JSON nor a form.",
    500: "Something is wrong here.",
    503: "The records cannot be read just now.",
}


def answered(words: str, schema: Json) -> Json:
    """Answers that hold a value, and none where it has not changed."""
    good = {"description": words, "headers": TAGS, "content": {"application/json": {"schema": schema}}}
    return {"200": good, "304": {"description": "It has not changed."}}


def listed(object_: Json) -> Json:
    """The answers of a list: a page, or lines."""
    minimal = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "last_modified": {"type": "string"}},
        "required": ["id"],
        "additionalProperties": False,
    }
    contents = {"type": "array", "items": {"anyOf": [object_, minimal]}}
    page = {
        "allOf": [
            ref("Page"),
            {"type": "object", "properties": {"contents": contents}, "required": ["contents"]},
        ]
    }
    answers = answered("A page of the list.", page)
    lines = {"application/x-ndjson": {"schema": {"type": "string"}}}
    good = {**answers["200"], "content": {**answers["200"]["content"], **lines}}
    return {**answers, "200": good}


def parameter(name: str, postcodes: list[str]) -> Json:
    """One parameter as OpenAPI has it."""
    schema = schema_of(name, postcodes)
    return {"name": name, "in": "query", "description": PARAMETERS[name].does, "schema": schema}


def schema_of(name: str, postcodes: list[str]) -> Json:
    """What values a parameter takes."""
    if name == "postcode" and postcodes:
        return {"type": "string", "enum": postcodes}
    return SCHEMAS[PARAMETERS[name].kind]


def at(name: str) -> Json:
    """The part of an address that names one thing."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def ref(name: str) -> Json:
    """A schema of the components by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


@cache
def schemas() -> Json:
    """The schemas of the standard with our profile applied, and those of the API itself."""
    standard = {name: linked(compiled(name)) for name in OBJECTS}
    text, number, yes = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
    counted = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), number)
    flags = dict.fromkeys(("first_page", "last_page", "empty"), yes)
    told = {
        "type": text,
        "title": text,
        "status": number,
        "detail": text,
        "errors": {"type": "array", "items": text},
    }
    uri = {"type": "string", "format": "uri"}
    about = {"version": text, "profile": uri, "openapi_url": uri, "description": text}
    return {
        **standard,
        "Page": whole({**counted, **flags}),
        "Problem": whole(told),
        "About": whole(about),
        "Change": change(),
        "Changes": whole(
            {
                "size": {**number, "maximum": MOST},
                "contents": {"type": "array", "items": ref("Change")},
                "next": SCHEMAS["cursor"],
                "more": yes,
            }
        ),
    }


def change() -> Json:
    """The schema of one entry of the feed."""
    text = {"type": "string"}
    said = {
        "object": {"enum": sorted(listing.object for listing in TABLE.values())},
        "id": text,
        "change": {"enum": ["created", "changed", "withdrawn", "merged"]},
        "at": {"type": "string", "format": "date-time"},
    }
    more = {
        "into": {**text, "description": "The id of the record that a merged one is part of now."},
        "record": {"type": "object", "description": "The object as it is now, with full=true."},
    }
    return {**whole(said), "properties": {**said, **more}}


def whole(properties: Json) -> Json:
    """The schema of an object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def linked(said: Any) -> Any:
    """A schema whose references lead to the components instead of to files."""
    if isinstance(said, dict):
        own = {k: linked(v) for k, v in said.items() if k not in ("$schema", "$id")}
        if isinstance(said.get("$ref"), str) and said["$ref"].endswith(".json"):
            own["$ref"] = f"#/components/schemas/{said['$ref'].removesuffix('.json')}"
        return own
    return [linked(one) for one in said] if isinstance(said, list) else said
