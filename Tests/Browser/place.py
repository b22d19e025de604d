"""A small place for the browser's tests: made, served and used by the real command."""
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Place:
    """A ledger with Marie (officer), Alice and Bob (persons), and a bakery."""

    def __init__(self, folder, carnet):
        self.folder, self.carnet = Path(folder), carnet
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = None
        self.file = str(self.folder / "mel.carnet")
        self.run("init", "--origin", "mel.example/lille", "--name", "Mel de Lille", "--officer", "marie",
                 "--no-passphrase", "--trial", ledger=self.file)
        self.run("currency", "add", "MEL", "--kind", "backed", "--scale", "2", "--name", "Mel", ledger=self.file)
        for name, title, kind in [("alice", "Alice Durand", "person"), ("bob", "Bob Lemaire", "person"),
                                  ("boulangerie-martin", "Boulangerie Martin", "business")]:
            key = self.run("key", "new", name, "--no-passphrase").split()[-1]
            self.run("member", "add", name, "--kind", kind, "--name", title, "--key", key, "--as", "marie", ledger=self.file)
        self.run("change", "alice", "100", "MEL", "--reference", "VIR 1", "--as", "marie", ledger=self.file)
        self.run("change", "bob", "5", "MEL", "--reference", "VIR 2", "--as", "marie", ledger=self.file)
        self.serve()

    def run(self, *arguments, ledger=None, status=0, lang="en"):
        """Runs the command and gives its output, standard error behind it."""
        environment = {**os.environ, "CARNET_HOME": str(self.folder / "home"), "CARNET_LEDGER": ledger or self.url}
        done = subprocess.run([self.carnet, *arguments, "--lang", lang], env=environment, cwd=self.folder,
                              capture_output=True, text=True, timeout=30)
        if status is not None and done.returncode != status:
            raise AssertionError(f"carnet {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout if status == 0 and done.stdout else done.stdout + done.stderr

    def words(self, name):
        """The recovery words of a key."""
        return " ".join(re.findall(r"\d+ ([a-z]+)", self.run("key", "words", name)))

    def serve(self):
        environment = {**os.environ, "CARNET_HOME": str(self.folder / "home")}
        log = open(self.folder / "serve.log", "ab")
        self.server = subprocess.Popen([self.carnet, "serve", "--ledger", self.file, "--listen", f"127.0.0.1:{self.port}"],
                                       env=environment, cwd=self.folder, stdout=log, stderr=log)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not start: " + (self.folder / "serve.log").read_text())

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def balance(self, name):
        """Minor units of MEL."""
        answer = json.loads(self.run("balance", name, "--json", "--as", name))
        return next(one["balance"] for one in answer["balances"] if one["currency"] == "MEL")
