"""What bench/run starts: servers, loads, the bare loop, pgbench."""
import glob
import http.client
import json
import os
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

HABITUE = os.path.abspath("build/habitue")


def run(command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE,
                          text=True, **options).stdout


def base(folder):
    return ["--db", "sqlite:" + os.path.join(folder, "habitue.db"), "--key-file",
            os.path.join(folder, "server.key")]


def demo_database(folder):
    """A demo database in a new folder; gives what `habitue demo --json` told."""
    os.makedirs(folder)
    return json.loads(run([HABITUE, "demo", "--json", *base(folder)]))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server on a folder's database, while the `with` lasts."""

    def __init__(self, folder, *args):
        self.folder = folder
        self.args = [str(arg) for arg in args]
        self.port = free_port()
        self.wal_peak = 0
        self._log = None
        self._process = None
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch_wal)

    def __enter__(self):
        self._log = open(os.path.join(self.folder, "server.log"), "w", encoding="utf-8")
        self._process = subprocess.Popen(
            [HABITUE, "serve", *base(self.folder), "--listen", "127.0.0.1:%d" % self.port,
             *self.args],
            stderr=self._log)
        self._watcher.start()
        for _ in range(600):
            try:
                with urllib.request.urlopen("http://127.0.0.1:%d/readyz" % self.port) as reply:
                    if reply.status == 200:
                        return self
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError("the server did not start: see " + self._log.name)

    def __exit__(self, *_):
        self._over.set()
        self._watcher.join()
        died = self._process.poll()
        self._process.terminate()
        self._process.wait()
        self._log.close()
        if died is not None:
            with open(self._log.name, encoding="utf-8") as file:
                told = file.readlines()[-5:]
            raise RuntimeError("the server ended with %d:\n%s" % (died, "".join(told)))

    def _watch_wal(self):
        path = os.path.join(self.folder, "habitue.db-wal")
        while not self._over.wait(0.02):
            try:
                self.wal_peak = max(self.wal_peak, os.stat(path).st_size)
            except FileNotFoundError:
                pass

    def forget_wal_peak(self):
        self.wal_peak = 0

    def private_bytes(self):
        """Memory that is the server's alone: what would come free if it ended."""
        with open("/proc/%d/smaps_rollup" % self._process.pid, encoding="ascii") as file:
            found = re.findall(r"^Private_\w+:\s+(\d+) kB", file.read(), re.MULTILINE)
        return sum(map(int, found)) * 1024


def program(name, *args):
    return json.loads(run([os.path.join("build/bench", name), *args]))


def load(server, shop, connections, seconds, rate=0, orders=(0, 0)):
    """orders: the first one's number, and how many; none of them: points."""
    return program("load", "--host", "127.0.0.1", "--port", server.port, "--key",
                   shop.demo["merchants"][0]["api_key"], "--location",
                   shop.demo["merchants"][0]["locations"][0]["id"], "--first-account",
                   shop.known["first_account"], "--accounts", shop.known["accounts"],
                   "--first-order", orders[0], "--orders", orders[1],
                   "--connections", connections, "--seconds", seconds, "--rate", rate)


def device_token(server, demo):
    """Activates the first tablet; gives its token."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/v2/tablets/activate",
                       json.dumps({"code": demo["merchants"][0]["tablets"][0]["pairing_code"]}),
                       {"Content-Type": "application/json"})
    reply = connection.getresponse()
    return re.search(r"habitue_device=([^;]+)", reply.getheader("Set-Cookie")).group(1)


def streams(server, demo, token, count, orders):
    """Gives what was measured, and the server's private memory while all streams were open."""
    shop = demo["merchants"][0]
    feed = next(pos for pos in shop["pos"] if pos["vendor"] == "feed")
    register = shop["tablets"][0]["register_id"]
    name = next(r["vendor_register"] for place in shop["locations"] for r in place["registers"]
                if r["id"] == register)
    command = ["build/bench/streams", "--host", "127.0.0.1", "--port", server.port,
               "--token", token, "--streams", count, "--orders", orders,
               "--feed-path", feed["webhook_path"],
               "--feed-secret", feed["secret"], "--establishment", feed["establishment"],
               "--register", name]
    with subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        if process.stdout.readline() != "open\n":
            raise RuntimeError("the streams could not be opened")
        opened = server.private_bytes()
        told, _ = process.communicate("\n")
    return json.loads(told), opened


def pg_program(name):
    return sorted(glob.glob("/usr/lib/postgresql/*/bin/" + name))[-1]


def pgbench_fill(scale):
    run([pg_program("pgbench"), "-i", "-q", "-s", scale, os.environ["TEST_PG_URL"]],
        stderr=subprocess.DEVNULL)


def pgbench(clients, seconds):
    """TPC-B transactions in a second."""
    told = run([pg_program("pgbench"), "-n", "-M", "prepared", "-c", clients, "-j", 2,
                "-T", seconds, os.environ["TEST_PG_URL"]], stderr=subprocess.DEVNULL)
    return float(re.search(r"tps = ([\d.]+)", told).group(1))
