"""A small made-up guide: every kind of page has something to show, and no number is anybody's."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from waypost.desk.guide import Guide
from waypost.model.directory import Directory, Listing, Organization, Service, Shown
from waypost.model.evidence import Freshness
from waypost.model.pack import Pack

ON = date(2026, 11, 22)
_PACKS = Path(__file__).parents[2] / "packs"

VERIFICATION: dict[str, Any] = {"state": "seen_on_page", "on": "2018-01-01", "looked_up": "2026-11-22"}


def service(key: str = "svc-clinic", **fields: Any) -> dict[str, Any]:
    """A service; a test states only what matters to it."""
    base = {
        "key": key,
        "slug": key.removeprefix("svc-")[:6].ljust(6, "x"),
        "name": "Quiet Clinic",
        "status": "active",
        "description": "Tests and treatment.",
        "translations": {"es": {"name": "Clínica Tranquila", "description": "Pruebas y tratamiento."}},
        "kinds": ["sti_testing"],
        "serves": ["milltown"],
        "verification": VERIFICATION,
        "sources": ["r-clinic"],
        "phones": [{"number": "203-555-0142", "languages": [{"code": "en"}, {"code": "es"}]}],
    }
    return base | fields


SERVICES = [
    service(
        hours={"spans": [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"}]},
        cost="sliding",
        languages=[{"code": "en"}, {"code": "es"}],
        access=["call_first"],
        no_id_needed=True,
        minimum_age=13,
        url="https://clinic.example/",
        locations=[
            {
                "key": "loc-clinic",
                "name": "Main Street",
                "town": "milltown",
                "addresses": [{"address_1": "1 Main Street", "city": "Milltown", "state_province": "CT"}],
            },
            {
                "key": "loc-hidden",
                "name": "Canary House",
                "confidential": True,
                "addresses": [{"address_1": "99 Canary Lane", "city": "Canaryville", "state_province": "CT"}],
            },
        ],
        confidentiality={"en": "They tell no one.", "es": "No le dicen a nadie."},
        unverified=[{"en": "the hours on Friday", "es": "el horario del viernes"}],
    ),
    service(
        "svc-911",
        name="Emergency",
        phones=[{"number": "911"}, {"number": "911", "type": "text"}],
        kinds=["emergency"],
        hours={"always": True},
    ),
    service(
        "svc-line",
        name="Night Line",
        translations={"es": {"name": "Línea Nocturna", "description": "Alguien responde."}},
        kinds=["dv_hotline"],
        phones=[
            {
                "number": "888-555-0199",
                "languages": [{"code": "en"}],
                "purpose": {"en": "In English", "es": "En inglés"},
            },
            {
                "number": "888-555-0188",
                "languages": [{"code": "es"}],
                "purpose": {"en": "In Spanish", "es": "En español"},
            },
        ],
        verification={"state": "confirmed", "on": "2026-11-01", "method": "call", "by": "steward"},
    ),
    service(
        "svc-mute", name="Silent Pantry", phones=[], translations={}, kinds=["food"], core_unverified=True
    ),
    service(
        "svc-211",
        name="Any Help Line",
        phones=[{"number": "211"}, {"number": "203-555-0100"}],
        kinds=["info_referral"],
    ),
]

QUESTION = """The law changed[^c-law]. Call {service:svc-line} at {phone:svc-line}.

## What to do first

- Within {deadline:d-pep}, go.
- {claim:c-health}

See also {question:q-two}.
"""


def _question(key: str, language: str, body: str, **fields: Any) -> dict[str, Any]:
    title = {"en": "Where can I get tested?", "es": "¿Dónde me hago la prueba?"}[language]
    return {
        "key": key,
        "slug": key.replace("-", "") + "aaa",
        "order": 1,
        "language": language,
        "title": f"{title} ({key})",
        "neutral_title": f"Answer {key}",
        "summary": "It is free[^c-health].",
        "body": body,
        "version": 2,
        "file": f"questions/{key}.{language}.md",
        "translated_from": 2 if language == "es" else None,
        "services": ["svc-clinic"],
        "needs": ["sti_testing"],
    } | fields


def _source(title: str, **fields: Any) -> dict[str, Any]:
    return {
        "title": title,
        "kind": "official",
        "date": "2019",
        "seen_on": "2026-11-22",
        "read": "excerpt",
    } | fields


def _claim(text: str, **fields: Any) -> dict[str, Any]:
    return {
        "text": {"en": text, "es": text},
        "kind": "health",
        "holds_in": "us",
        "as_of": "2024-05-01",
        "confidence": "official",
        "sources": ["s-law"],
    } | fields


TREE: dict[str, Any] = {
    "manifest": {
        "id": "test",
        "title": {"en": "Milltown", "es": "Milltown"},
        "place": {"en": "Milltown", "es": "Milltown"},
        "cycles": {"service": {"due": 365, "overdue": 545, "hide": 1095}},
        "settings": {
            "exit_url": "https://weather.example/",
            "referral": "svc-211",
            "emergency": [
                {"service": "svc-911", "label": {"en": "Danger now", "es": "Peligro ahora"}},
                {"service": "svc-line", "label": {"en": "Hurt at home", "es": "Daño en casa"}},
            ],
        },
    },
    "chain": ["test"],
    "sources": {
        "s-law": _source("Act of 2019", publisher="The State", url="https://law.example/act"),
        "r-clinic": _source("Clinic: services", read="mirror", read_at="https://mirror.example/x"),
    },
    "claims": {
        "c-law": _claim("The act is in force."),
        "c-health": _claim("Tests are free on Mondays.", confidence="secondary"),
    },
    "places": {
        "towns": {"milltown": {"name": "Milltown", "state": "CT", "latitude": 41.5, "longitude": -73.4}}
    },
    "terms": {
        "groups": {
            "health": {"name": {"en": "Health", "es": "Salud"}, "order": 1, "slug": "health"},
            "safe": {"name": {"en": "Safety", "es": "Seguridad"}, "order": 2, "slug": "safe"},
        },
        "terms": {
            "sti_testing": {
                "name": {"en": "Tests", "es": "Pruebas"},
                "taxonomy": "waypost",
                "group": "health",
            },
            "food": {"name": {"en": "Food", "es": "Comida"}, "taxonomy": "waypost", "group": "health"},
            "dv_hotline": {
                "name": {"en": "A line", "es": "Una línea"},
                "taxonomy": "waypost",
                "group": "safe",
            },
            "emergency": {
                "name": {"en": "Emergency", "es": "Emergencia"},
                "taxonomy": "waypost",
                "group": "safe",
            },
            "info_referral": {
                "name": {"en": "Any help", "es": "Toda ayuda"},
                "taxonomy": "waypost",
                "group": "safe",
            },
        },
    },
    "routes": {
        "hurt": {
            "order": 1,
            "when": {"en": "Somebody hurts you", "es": "Alguien le hace daño"},
            "first": ["svc-911", "svc-line"],
            "then": ["svc-clinic"],
            "say": {"en": "Say where you are.", "es": "Diga dónde está."},
            "happens": {"en": "They come.", "es": "Ellos vienen."},
            "urgent": True,
            "claims": ["c-law"],
        },
        "ill": {"order": 2, "when": {"en": "You feel ill", "es": "Se siente mal"}, "first": ["svc-clinic"]},
    },
    "deadlines": {
        "d-pep": {
            "hours": 72,
            "name": {"en": "PEP", "es": "PEP"},
            "source": "s-law",
            "confidence": "official",
        }
    },
    "mistakes": {
        "m1": {
            "said": {"en": "All is well.", "es": "Todo está bien."},
            "verdict": "wrong",
            "correction": {"en": "It is not.", "es": "No lo está."},
            "sources": ["s-law"],
            "confidence": "official",
        }
    },
    "questions": {
        key: {language: _question(key, language, body) for language in ("en", "es")}
        for key, body in (("q-one", QUESTION), ("q-two", "Short."))
    }
    | {
        slug: {language: _question(slug, language, "About us.", slug=slug) for language in ("en", "es")}
        for slug in ("about", "safety")
    },
}


def pack(**parts: Any) -> Pack:
    """The made-up pack with the real words of the screens; a test may replace whole parts."""
    return msgspec.convert(TREE | {"wording": _wording()} | parts, Pack, strict=False)


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    return {
        language: yaml.safe_load((_PACKS / "us" / f"wording.{language}.yaml").read_text("utf-8"))
        for language in ("en", "es")
    }


def directory(
    services: list[dict[str, Any]] | None = None, freshness: Freshness = Freshness.due
) -> Directory:
    """Listings of the made-up services, all of one age."""
    made = msgspec.convert(SERVICES if services is None else services, list[Service], strict=False)
    listings = tuple(
        Listing(
            id=f"id-{each.key}",
            service=msgspec.structs.replace(
                each, locations=tuple(loc for loc in each.locations if not loc.confidential)
            ),
            organization=Organization(
                f"org-{each.key}", f"o{each.slug[:5]}", f"House of {each.name}", (each,)
            ),
            shown=Shown(freshness, date(2027, 1, 1)),
        )
        for each in sorted(made, key=lambda each: each.key)
    )
    return Directory(listings)


def guide(**changed: Any) -> Guide:
    """The made-up guide of one day."""
    parts: dict[str, Any] = {
        "pack": pack(),
        "directory": directory(),
        "on": ON,
        "stale_after": date(2027, 5, 22),
        "index": None,
    }
    return Guide(**parts | changed)
