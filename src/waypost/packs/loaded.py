"""A pack together with the places in its files, so that every Problem can name its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from waypost.model.pack import Pack
from waypost.packs.read import Mark, Tree


@dataclass(frozen=True)
class Loaded:
    """A pack, and where in its files each part of it stands."""

    pack: Pack
    tree: Tree

    def where(self, *pointer: str) -> str:
        """``packs/us/sources.yaml, line 14`` for the part at that pointer."""
        return str(self.tree.mark(pointer) or Mark(self.pack.manifest.id, 1))

    def keys(self, *pointer: str) -> set[str]:
        """The keys that the files have there, those of entries that are themselves faulty included."""
        value: Any = self.tree.value
        for key in pointer:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        return set(value) if isinstance(value, dict) else set()

    def service_keys(self) -> set[str]:
        """The keys of all services that the files have."""
        organizations = self.tree.value.get("organizations", {})
        nested = [o.get("services") for o in organizations.values() if isinstance(o, dict)]
        services = [s for some in nested if isinstance(some, list) for s in some if isinstance(s, dict)]
        return {str(service.get("key")) for service in services}
