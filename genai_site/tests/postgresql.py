"""A PostgreSQL of the suite's own: made in a temporary folder, heard on a socket alone, gone at the end."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Unavailable(Exception):
    """PostgreSQL's programs are missing, or do not start; says what to do."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`; the newest where Debian keeps several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable(
        "PostgreSQL's programs (initdb, postgres) are not on this machine. On Debian: apt-get install postgresql"
    )


def identity() -> dict[str, Any]:
    """How to start the programs: PostgreSQL refuses to run as root, so root lends it another user."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextlib.contextmanager
def running(folder: Path) -> Iterator[None]:
    """A server whose files are in `folder`, and its socket in `folder/socket`, while the block runs."""
    bin_folder, options = programs(), identity()
    cluster, sockets = folder / "cluster", folder / "socket"
    folder.chmod(0o711)
    for path in (cluster, sockets):
        path.mkdir()
        if options:
            shutil.chown(path, "postgres", "postgres")
    made = subprocess.run(
        [bin_folder / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cluster,
        **options,
    )
    if made.returncode:
        raise Unavailable(f"PostgreSQL could not make a cluster: {made.stderr.strip()}")
    # Nothing of this server outlives the run, so it never waits for the disk.
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
        "shared_buffers": "128MB",
    }
    log = folder / "postgresql.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [bin_folder / "postgres", "-D", cluster, *(f"--{name}={value}" for name, value in settings.items())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cluster,
            **options,
        )
    try:
        wait_for(bin_folder, sockets, server, log)
        yield
    finally:
        server.send_signal(2)  # "Fast" shutdown: it ends the sessions that are left, and stops.
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(bin_folder: Path, sockets: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        ready = subprocess.run([bin_folder / "pg_isready", "-q", "-h", sockets], check=False, timeout=30)
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    raise Unavailable(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
