"""Work that makes very many objects that last, without a search for garbage every few hundred of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def steady() -> Iterator[None]:
    """Let the collector rest: each of its rounds would look at all that was read, and find nothing."""
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()
