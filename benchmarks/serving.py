"""How many requests a second the site answers, as a share of what a view that does nothing answers.

    python -m benchmarks.serving [--path /theses/…/] [--seconds 5] [--server granian|gunicorn]

One run serves both on the production server and asks for them in turn, with gzip accepted, over connections kept alive,
so that the ratio holds whatever the machine is doing; the figures alone do not compare between machines. Without
`--path`: the home page, and the longest reading page of the samples, in a temporary data folder.
"""

import argparse
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 4
ROUNDS = 3


def ask(port: int, path: str, seconds: float, answers: "multiprocessing.Queue[tuple[int, int]]") -> None:
    """One reader: asks, reads the whole answer, asks again. Reports how many answers, and the bytes of the last one."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = size = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        stream = connection.makefile("rb")
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            connection.sendall(request)
            status = stream.readline()
            if b" 200 " not in status:
                raise SystemExit(f"{path} answered {status!r}")
            size = 0
            while (header := stream.readline()) != b"\r\n":
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            stream.read(size)
            count += 1
        stream.close()
    answers.put((count, size))


def rate(port: int, path: str, seconds: float) -> tuple[float, int]:
    """Answers a second for all readers together, and the bytes of one answer."""
    answers: multiprocessing.Queue[tuple[int, int]] = multiprocessing.Queue()
    readers = [multiprocessing.Process(target=ask, args=(port, path, seconds, answers)) for _ in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(seconds + 60)
        if reader.exitcode:
            raise SystemExit(f"A reader of {path} failed.")
    results = [answers.get(timeout=5) for _ in readers]
    return sum(count for count, _ in results) / seconds, results[0][1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(server: str, port: int, workers: int) -> list[str]:
    target = "benchmarks.application:application"
    if server == "gunicorn":
        options = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4", "--log-level", "error"]
        return [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", *options, target]
    options = ["--port", str(port), "--workers", str(workers), "--blocking-threads", "4", "--log-level", "error"]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *options, target]


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)
            return
    raise SystemExit("The server did not start.")


def memory(pid: int) -> float:
    """Megabytes that a process and its children hold (Linux; 0 elsewhere)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if status.parent.name == str(pid) or fields.get("PPid", "").strip() == str(pid):
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def longest_page() -> list[str]:
    """The home page, and the longest reading page, under the work's address and under the edition's."""
    program = (
        "import django; django.setup()\n"
        "from django.urls import reverse\n"
        "from theses.models import EditionPage\n"
        "page = max(EditionPage.objects.select_related('edition__document'), key=lambda page: len(page.html))\n"
        "print(reverse('theses:page', args=[page.edition.document.slug, page.slug]))\n"
        "print(reverse('theses:edition_page', args=[page.edition.document.slug, page.edition.number, page.slug]))\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "genai_site.settings"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return ["/", *done.stdout.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--path", action="append", help="an address of the site; several are allowed")
    parser.add_argument("--seconds", type=float, default=5, help="how long each measure lasts (5)")
    parser.add_argument("--server", choices=["granian", "gunicorn"], default="granian")
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="genai-serving-") as folder:
        os.environ.setdefault("GENAI_DATA", folder)
        prepared = [sys.executable, "manage.py", "serve", "--prepare-only"]
        subprocess.run(prepared, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        paths = arguments.path or longest_page()
        port = free_port()
        server = subprocess.Popen(command(arguments.server, port, arguments.workers), cwd=ROOT)
        try:
            wait_for(port, server)
            rates: dict[str, list[float]] = {path: [] for path in ["/hello/", *paths]}
            sizes: dict[str, int] = {}
            for path in rates:
                rate(port, path, 1)
            for _ in range(ROUNDS):
                for path, measured in rates.items():
                    found, sizes[path] = rate(port, path, arguments.seconds)
                    measured.append(found)
            bare = statistics.median(rates["/hello/"])
            print(f"{arguments.server}, {arguments.workers} worker(s), {CLIENTS} readers, {memory(server.pid):.0f} MB")
            for path, measured in rates.items():
                median = statistics.median(measured)
                print(f"{median:9.0f} requests/s  {median / bare:5.2f} of hello  {sizes[path]:8d} bytes  {path}")
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
