"""Takes webhooks as a careful receiver would, written from the text of Standard Webhooks 1.0.0 alone.

webhooks.py FOLDER KEY [--tls CERTIFICATE SECRET]

KEY is `whpk_…`, or `@FILE` for a file that holds it, read at each delivery. Prints the port it listens on, then for each
delivery a line: `ok ID TYPE` once the signature verifies, `bad REASON` otherwise (answered with 400). What was taken
twice says `again ID TYPE`. The status and pause may be changed while it runs, in FOLDER/status and FOLDER/slow.
"""
import base64
import json
import os
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TOLERANCE = 300  # seconds


def verify(headers, body, key, now=None):
    """The message's id where the signature is of this body and key, and of about now; raises ValueError otherwise."""
    names = {name.lower(): value for name, value in headers.items()}
    message, moment, signatures = (names.get("webhook-" + name) for name in ("id", "timestamp", "signature"))
    if not (message and moment and signatures):
        raise ValueError("a header is missing")
    if "." in message:
        raise ValueError("a full stop in the id")
    if not moment.isascii() or not moment.isdigit():
        raise ValueError("the timestamp is no integer")
    if abs((time.time() if now is None else now) - int(moment)) > TOLERANCE:
        raise ValueError("too old or too new")
    if not key.startswith("whpk_"):
        raise ValueError("no public key")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key[5:], validate=True))
    signed = message.encode() + b"." + moment.encode() + b"." + body
    for signature in signatures.split(" "):
        version, _, text = signature.partition(",")
        if version != "v1a":
            continue
        try:
            public.verify(base64.b64decode(text, validate=True), signed)
            return message
        except (InvalidSignature, ValueError):
            continue
    raise ValueError("no signature matches")


def check_shape(body):
    """The event in a body of the recommended shape."""
    event = json.loads(body)
    if set(event) != {"type", "timestamp", "data"} or not isinstance(event["data"], dict):
        raise ValueError("not type, timestamp, data")
    if len(body) > 20480:
        raise ValueError("larger than 20 kB")
    return event


class Receiver(BaseHTTPRequestHandler):
    folder, key, seen, lines = ".", "", set(), []

    def setting(self, name, otherwise):
        try:
            with open(os.path.join(self.folder, name)) as file:
                return int(file.read())
        except (OSError, ValueError):
            return otherwise

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        time.sleep(self.setting("slow", 0))
        status = self.setting("status", 200)
        key = open(self.key[1:]).read().strip() if self.key.startswith("@") else self.key
        try:
            message = verify(self.headers, body, key)
            event = check_shape(body)
        except ValueError as error:
            print("bad", error, flush=True)
            status = 400
        else:
            # The signature can fail: one byte of body, id, moment or key more, and nothing verifies.
            tampered(self.headers, body, key)
            if status < 300:
                word = "again" if message in self.seen else "ok"
                self.seen.add(message)
                print(word, message, event["type"], event["data"].get("code", "-"), flush=True)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        print("followed", flush=True)
        self.send_error(404)

    def log_message(self, *_):
        pass


def tampered(headers, body, key):
    """Dies where something altered verifies."""
    plain = {name.lower(): value for name, value in headers.items()}
    other = base64.b64encode(bytes([base64.b64decode(key[5:])[0] ^ 1]) + base64.b64decode(key[5:])[1:]).decode()
    later = dict(plain, **{"webhook-timestamp": str(int(plain["webhook-timestamp"]) + 1)})
    renamed = dict(plain, **{"webhook-id": plain["webhook-id"] + "1"})
    moved = int(plain["webhook-timestamp"]) + TOLERANCE + 1
    for altered in (
        (plain, body + b" ", key, None), (later, body, key, None), (renamed, body, key, None),
        (plain, body, "whpk_" + other, None), (plain, body, key, moved), ({}, body, key, None),
        (dict(plain, **{"webhook-signature": plain["webhook-signature"].replace("v1a,", "v1,")}), body, key, None),
    ):
        try:
            verify(*altered)
        except ValueError:
            continue
        print("an altered message verified", flush=True)
        os._exit(1)


def main(arguments):
    Receiver.folder, Receiver.key = arguments[:2]
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Receiver)
    if "--tls" in arguments:
        place = arguments.index("--tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments[place + 1], arguments[place + 2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
