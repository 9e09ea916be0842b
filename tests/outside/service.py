"""The service under judgement, and the two neighbours that it has in a hospital: a record system that it fetches from,
and an endpoint that it notifies."""

import contextlib
import json
import os
import re
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SETTINGS = """
listen = "127.0.0.1:0"
database = "judged.db"
audit = "{audit}"
log_level = "warn"

[[subscription_endpoints]]
url = "{endpoint}"
private_addresses = ["127.0.0.0/8"]

[[ehr_servers]]
base_url = "{records}"
private_addresses = ["127.0.0.0/8"]

[patient_records]
base_url = "{records}"
"""


class Neighbour(BaseHTTPRequestHandler):
    """A record system with one patient, and an endpoint that keeps what it is told."""

    record = {}
    notifications = []

    def do_GET(self):
        path, _, query = self.path.removeprefix("/records/").partition("?")
        kind, _, id_ = path.partition("/")
        found = [resource for resource in self.record.get(kind, []) if not id_ or resource["id"] == id_]
        if id_:
            self.answer(*((200, found[0]) if found else (404, {"resourceType": "OperationOutcome"})))
            return
        entries = [{"resource": resource, "search": {"mode": "match"}} for resource in found]
        bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
        self.answer(200, bundle | ({"entry": entries} if entries else {}))

    def do_POST(self):
        self.notifications.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer(200, {})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Service:
    """A running service."""

    def __init__(self, base, neighbour_url, notifications):
        self.base = base
        self.neighbour = neighbour_url
        self.notifications = notifications

    def send(self, method, path, body=None, **headers):
        """Status, headers and body (JSON where it is) of an answer."""
        url = path if path.startswith("http") else self.base + path
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is not None:
            headers.setdefault("Content-Type", "application/fhir+json")
        request = urllib.request.Request(url, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, parsed(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, parsed(refused.read())

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def wait_for_notifications(self, count, seconds=20):
        deadline = time.monotonic() + seconds
        while len(self.notifications) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        if len(self.notifications) < count:
            raise AssertionError(f"{count} notifications expected, {len(self.notifications)} came")
        return list(self.notifications)


def parsed(body):
    try:
        return json.loads(body)
    except ValueError:
        return body


def by_type(bundle):
    """The resources of a Bundle by their type."""
    found = {}
    for entry in bundle["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


@contextlib.contextmanager
def running(binary, record, directory, audit):
    """Starts the service on a free port with a database of its own."""
    Path(directory).mkdir(exist_ok=True)
    Neighbour.record = by_type(record)
    Neighbour.notifications = []
    neighbour = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    threading.Thread(target=neighbour.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{neighbour.server_port}"
    settings = Path(directory) / "settings.toml"
    settings.write_text(SETTINGS.format(endpoint=f"{url}/told", records=f"{url}/records", audit=audit))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPINEMET_")}
    with open(Path(directory) / "log", "w") as log:
        server = subprocess.Popen(
            [binary, "serve", "--config", str(settings)],
            cwd=directory, env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        )
        try:
            listening = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            if not listening:
                raise SystemExit("The service does not start:\n" + (Path(directory) / "log").read_text())
            yield Service(listening[0], url, Neighbour.notifications)
        finally:
            server.terminate()
            server.wait(20)
            neighbour.shutdown()
