"""The recipes for other web servers: the same headers as ours, tried with the real servers."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.conftest import skip_or_fail

from waypost.build import build
from waypost.desk.guide import Guide
from waypost.site.headers import HEADERS

RECIPES = Path(__file__).parents[2] / "docs" / "hosting"
TLS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


@pytest.mark.parametrize(
    ("recipe", "line"),
    [
        ("headers.conf", r'add_header ([\w-]+) "([^"]*)" always;'),
        ("Caddyfile", r'\t\t([A-Z][\w-]+) "([^"]*)"'),
    ],
)
def test_a_recipe_sends_what_our_server_sends(recipe: str, line: str) -> None:
    """Each recipe sets each of our headers to our value, and a year of TLS (P7, P9)."""
    told = dict(re.findall(line, (RECIPES / recipe).read_text("utf-8")))
    assert told == HEADERS | TLS_ONLY


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """A web server until the block ends; yields its address."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            site = f"http://127.0.0.1:{port}"
            for _ in range(100):
                with contextlib.suppress(OSError):
                    if asked(f"{site}/")[2]:
                        break
                time.sleep(0.1)
            yield site
        finally:
            process.terminate()


def nginx(out: Path, folder: Path, port: int) -> list[str]:
    """The recipe for files, with a port and a folder of ours and without TLS."""
    text = (RECIPES / "nginx-files.conf").read_text("utf-8")
    text = re.sub(r" *ssl_certificate.*\n", "", text)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("/srv/guide/out", str(out))
    (folder / "headers.conf").write_text((RECIPES / "headers.conf").read_text("utf-8"))
    temporary = "".join(
        f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log /dev/null; worker_processes 1;\n"
        f"events {{}}\nhttp {{ {temporary}\n{text} }}\n"
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", "/dev/null"]


def caddy(out: Path, folder: Path, port: int) -> list[str]:
    """The recipe for Caddy, with a port and a folder of ours and without TLS."""
    text = (RECIPES / "Caddyfile").read_text("utf-8")
    text = text.replace("{\n\tlog {", "{\n\tadmin off\n\tauto_https off\n\tlog {", 1)
    text = text.replace("guide.example.org {", f"http://127.0.0.1:{port} {{").replace(
        "/srv/guide/out", str(out)
    )
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def asked(address: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an address."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@pytest.fixture(scope="module")
def out(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static edition in a folder that a web server may read."""
    folder = tmp_path_factory.mktemp("files") / "out"
    build(guide, folder)
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.getuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o055)
    return folder


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_the_static_edition_by_a_real_server(
    name: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages and the page for a missing one come with every header; no log file is written."""
    if not shutil.which(name):
        skip_or_fail(f"needs {name}: apt-get install nginx-light caddy")
    monkeypatch.setenv("HOME", str(tmp_path))
    port = free_port()
    command = {"nginx": nginx, "caddy": caddy}[name](out, tmp_path, port)
    with running(command, port) as site:
        for path, status in (("/", 200), ("/es/now/", 200), ("/nowhere/", 404)):
            told, headers, body = asked(site + path)
            assert told == status
            assert b'id="exit"' in body
            lower = {key.lower(): value for key, value in headers.items()}
            assert {key: lower.get(key.lower()) for key in HEADERS} == HEADERS
            assert "etag" not in lower
    assert not [path for path in tmp_path.rglob("*.log") if path.stat().st_size]
