"""Our own fields (``waypost``) in a document from elsewhere: taken only where they are as we write them."""

from __future__ import annotations

from typing import Any

import msgspec

from waypost.exchange.batch import Doc
from waypost.model.directory import Access, CostKind, Evidence, Hours, Inclusion
from waypost.model.evidence import Text, Verification


class Own(msgspec.Struct, frozen=True):
    """Every field that we write under our key, on any object, with its type. Unknown ones are left alone."""

    key: str | None = None
    slug: str | None = None
    term: str | None = None
    area: str | None = None
    town: str | None = None
    name: Any = None
    former_names: tuple[str, ...] = ()
    inclusion: Inclusion | None = None
    description: Text = {}
    document: Text = {}
    purpose: Text = {}
    fees_description: Text = {}
    eligibility_description: Text = {}
    application_process: Text = {}
    note: Text = {}
    steward_note: str | None = None
    verification: Verification | None = None
    sources: tuple[str, ...] = ()
    translations: dict[str, dict[str, str]] = {}
    other_channels: tuple[Text, ...] = ()
    cost: CostKind | None = None
    for_whom: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    no_id_needed: bool | None = None
    access: tuple[Access, ...] = ()
    referred_through: str | None = None
    confidentiality: Text = {}
    police_told: Text = {}
    evidence: dict[str, Evidence] = {}
    unverified: tuple[Text, ...] = ()
    core_unverified: bool = False
    cycle: str = "service"
    confidential: bool = False
    exported: bool = True
    checked: bool = True
    extension: str | None = None
    hours: Hours | int | None = None
    unit: Text = {}
    standard: bool = False
    licence: str | None = None
    point_source: str | None = None
    always: bool = False
    closes: str | None = None
    continues: bool = False
    exception: str | None = None


def fits(doc: Doc) -> bool:
    """Whether the document's own fields, if it has any, are what we would write."""
    if "waypost" not in doc:
        return True
    try:
        msgspec.convert(doc["waypost"], Own)
    except msgspec.ValidationError:
        return False
    return True
