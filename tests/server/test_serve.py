"""The socket that a server listens on."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from waypost.model.evidence import ProblemsFound
from waypost.server.serve import _bind


def test_answers_are_not_held_back() -> None:
    """What is written on a connection goes out at once: nobody waits for an acknowledgement of the piece before."""

    async def one() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def taken(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            at = writer.get_extra_info("socket")
            told.set_result(at.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = _bind("127.0.0.1", 0)
        server = await asyncio.start_server(taken, sock=listening)
        _, writer = await asyncio.open_connection("127.0.0.1", listening.getsockname()[1])
        found = await told
        writer.close()
        server.close()
        await server.wait_closed()
        return found

    # In a thread of its own: whatever drives a browser beside it keeps a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, one()).result() != 0


def test_an_address_in_use_is_told() -> None:
    """Two servers cannot have one address: the second is told what to do."""
    first = _bind("127.0.0.1", 0)
    first.listen()
    with pytest.raises(ProblemsFound) as told:
        _bind("127.0.0.1", first.getsockname()[1])
    first.close()
    assert "--port" in told.value.problems[0].do
