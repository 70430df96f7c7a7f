"""Seal a reader's words into a token, so that an address never shows them and soon nobody can.

Requirement P3 and decision 3: POST, 303, ``/r/TOKEN``. The token is an AEAD box over the padded form; its key
lives in memory only and steps forward every quarter of an hour, so that an old token cannot be opened
any more, not even with the memory of the running process.
"""

from __future__ import annotations

import base64
import binascii
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 900
"""Seconds that one key seals; a token opens for this step and the one after: 15 to 30 minutes."""
_BLOCK = 256
_NONCE = 12


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return ChaCha20Poly1305.generate_key()


def _next(key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"waypost-seal-step").derive(key)


@dataclass
class Seal:
    """Seals and opens forms. Every worker is given the same first ``key`` and ``epoch`` by the parent."""

    key: bytes
    epoch: int
    clock: Callable[[], float] = time.time
    _keys: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start the line of keys and keep the first key nowhere else."""
        self._keys = {self.epoch: self.key}
        self.key = b""

    def seal(self, form: dict[str, str]) -> str:
        """The token of a form: padded, so that its length tells little; different each time."""
        now = self._step()
        plain = msgspec.json.encode(form)
        padded = plain + b"\0" * (-len(plain) % _BLOCK)
        nonce = os.urandom(_NONCE)
        box = ChaCha20Poly1305(self._keys[now]).encrypt(nonce, padded, None)
        return base64.urlsafe_b64encode(nonce + box).decode().rstrip("=")

    def open(self, token: str) -> dict[str, str] | None:
        """The form of a token; None if it is forged, damaged or past its time."""
        now = self._step()
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return None
        for epoch in (now, now - 1):
            if epoch in self._keys and len(raw) > _NONCE:
                try:
                    padded = ChaCha20Poly1305(self._keys[epoch]).decrypt(raw[:_NONCE], raw[_NONCE:], None)
                except InvalidTag:
                    continue
                return msgspec.json.decode(padded.rstrip(b"\0"), type=dict[str, str])
        return None

    def _step(self) -> int:
        """Step the line of keys to the present and forget those past their time."""
        now = max(int(self.clock() // STEP), max(self._keys))
        latest = max(self._keys)
        while latest < now:
            self._keys[latest + 1] = _next(self._keys[latest])
            latest += 1
        for epoch in [e for e in self._keys if e < now - 1]:
            del self._keys[epoch]
        return now
