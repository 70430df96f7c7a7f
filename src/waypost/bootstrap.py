"""The one place where the parts are joined: packs, store, index, clock. No logic of its own."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from waypost import store as records
from waypost.desk.find import make_index
from waypost.desk.guide import Guide
from waypost.desk.intake import intake_pack
from waypost.desk.publish import publish
from waypost.desk.served_now import Now
from waypost.desk.wide import MOST_IN_PAGE, WideDirectory, bring_up
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import Pack
from waypost.packs import Loaded, keep, load, recall
from waypost.search.wide import WideIndex
from waypost.store import Store
from waypost.store.records import number_of as count
from waypost.store.secrets import withheld_values

DEFAULT_PACK = "us-ct-new-milford"
STALE_AFTER = timedelta(days=30)
"""How long a copy of a guide may go around before it says of itself that it is old."""


def packs_root() -> Path:
    """The folder of packs: ``WAYPOST_PACKS``, or beside the checkout, or inside the installed package."""
    if named := os.environ.get("WAYPOST_PACKS"):
        return Path(named)
    beside = Path(__file__).resolve().parents[2] / "packs"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "_packs"


def home() -> Path:
    """``WAYPOST_HOME``: where the records' database and the indexes live (default ``./var``)."""
    return Path(os.environ.get("WAYPOST_HOME", "var"))


def today(pack: Pack | None = None) -> date:
    """The day of ``SOURCE_DATE_EPOCH`` if that is set, else today where the guide's town is."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    zone = ZoneInfo(pack.manifest.settings.timezone) if pack else UTC
    return datetime.now(zone).date()


def read_loaded(pack_id: str | None) -> Loaded:
    """The named pack (or ``WAYPOST_PACK``, or New Milford's) with its marks. Raises ProblemsFound."""
    return load(packs_root(), _named(pack_id))


def read_pack(pack_id: str | None) -> Pack:
    """The named pack, read anew only where one of its files has changed. Raises ProblemsFound."""
    root, folder = packs_root(), home() / "index"
    if kept := recall(root, _named(pack_id), folder):
        return kept
    pack = read_loaded(pack_id).pack
    keep(root, pack, folder)
    return pack


def _named(pack_id: str | None) -> str:
    return pack_id or os.environ.get("WAYPOST_PACK") or DEFAULT_PACK


def database_url(named: str | None) -> str:
    """The database named on the command line, by ``WAYPOST_DATABASE``, or ``records.sqlite`` at home."""
    if url := named or os.environ.get("WAYPOST_DATABASE"):
        return url
    return f"sqlite:///{home() / 'records.sqlite'}"


def public_address() -> str | None:
    """``WAYPOST_ADDRESS``: by what the site is known, such as ``https://example.org``. Raises ProblemsFound."""
    said = os.environ.get("WAYPOST_ADDRESS", "").rstrip("/")
    if said and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", said):
        what, why = "This is not the address of a site.", "The API tells programs where its description is."
        raise ProblemsFound([Problem("WAYPOST_ADDRESS", what, why, "Write it as in https://example.org .")])
    return said or None


def open_store(named: str | None, pack: Pack, *, on: date | None = None) -> Store:
    """The store, made if it is not there, with this pack's records taken in where they changed.

    Raises ProblemsFound for records that do not fit, StoreError for a database that cannot be used.
    """
    opened = records.open(database_url(named))
    intake_pack(opened, pack, on or today(pack))
    return opened


def secrets(database: str | None, pack: Pack) -> dict[str, str]:
    """Each withheld value and the record it belongs to, for the check that no page holds one."""
    with open_store(database, pack).read() as connection:
        return withheld_values(connection)


def ready(pack: Pack) -> None:
    """Refuse the pack of a town that nobody has called ready. Raises ProblemsFound."""
    if pack.draft:
        what = "this town's pack is a draft, and a draft is not given to readers"
        why = "Somebody would be sent to a place that nobody has looked at."
        do = f"See what is missing: waypost check --pack {pack.manifest.id}. To look at it on this machine: "
        raise ProblemsFound(
            [Problem(f"packs/{pack.manifest.id}/pack.yaml", what, why, f"{do}waypost serve --draft.")]
        )


def open_guide(pack_id: str | None, database: str | None, on: date | None = None) -> Guide:
    """The guide of a day, ready for every outlet. Raises ProblemsFound, StoreError."""
    return guide_of(read_pack(pack_id), database, on)


def guide_of(pack: Pack, database: str | None, on: date | None = None) -> Guide:
    """The guide of a day from a pack already read."""
    day = on or today(pack)
    store = open_store(database, pack, on=day)
    wide = open_wide(store, pack, day)
    directory = wide.near_home() if wide else publish(store, pack, day)
    index = make_index(pack, directory, wide)
    return Guide(pack, directory, day, day + STALE_AFTER, index, Now(store, pack, day), wide)


def open_wide(store: Store, pack: Pack, day: date) -> WideDirectory | None:
    """All services of a store that has more than a page can hold, brought up to date; None for a smaller one."""
    with store.read() as connection:
        if count(connection, "service") <= MOST_IN_PAGE:
            return None
    name = hashlib.sha256(store.url.encode()).hexdigest()[:16]
    index = WideIndex(home() / "index" / f"wide-{pack.manifest.id}-{name}")
    bring_up(index, store, pack)
    return WideDirectory(index, pack, day)
