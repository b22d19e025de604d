#!/usr/bin/env python3
"""Treats a server badly from 127.0.0.2 and on, while an honest client on 127.0.0.1 asks and is timed: hostile.py PORT IDLE

Prints one line of JSON: the honest client's slowest answer in 100 (µs), what each attack was answered with."""
import json
import socket
import sys
import threading
import time

PORT, IDLE = int(sys.argv[1]), int(sys.argv[2])
HOST = f"127.0.0.1:{PORT}"


def connect(source="127.0.0.2", wait=10):
    link = socket.socket()
    link.settimeout(wait)
    link.bind((source, 0))
    link.connect(("127.0.0.1", PORT))
    return link


def status(data):
    """What a raw request is answered with: its status, `closed`, or `silence`."""
    link = connect()
    try:
        link.sendall(data)
        answer = link.recv(64)
        return answer.split(b" ")[1].decode() if answer.startswith(b"HTTP/") else "closed"
    except (ConnectionError, BrokenPipeError):
        return "closed"
    except socket.timeout:
        return "silence"
    finally:
        link.close()


def get(target, *headers, host=HOST):
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def post(body, *headers, length=None):
    head = ["POST /v1/notes HTTP/1.1", f"Host: {HOST}", "Connection: close",
            f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


ATTACKS = {
    "giant header": get("/livez", "X: " + "a" * 100_000),
    "thousands of headers": get("/livez", *[f"X{n}: a" for n in range(5_000)]),
    "giant target": get("/" + "a" * 60_000),
    "giant body": post(b"a" * 300_000, "Content-Type: text/plain"),
    "announced giant body": post(b"a", "Content-Type: text/plain", length=10**12),
    "negative length": post(b"", "Content-Type: text/plain", length=-1),
    "two lengths": post(b"abc", "Content-Type: text/plain", "Content-Length: 7"),
    "chunks and length": post(b"0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Type: text/plain"),
    "wrong host": get("/v1/ledger", host="evil.example"),
    "no host": b"GET /v1/ledger HTTP/1.1\r\n\r\n",
    "two hosts": get("/v1/ledger", "Host: evil.example"),
    "path up": get("/../../etc/passwd"),
    "path up encoded": get("/%2e%2e/%2e%2e/etc/passwd"),
    "path with zero": get("/v1/%00ledger"),
    "path not utf-8": get("/v1/%ff%fe"),
    "broken escape": get("/v1/%zz"),
    "absolute form": get("http://evil.example/v1/ledger"),
    "unknown method": b"BREW / HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\nConnection: close\r\n\r\n",
    "lower-case method": b"get /livez HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\nConnection: close\r\n\r\n",
    "old version": b"GET /livez HTTP/0.9\r\n\r\n",
    "no http": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "bare line feeds": b"GET /livez HTTP/1.1\nHost: " + HOST.encode() + b"\nConnection: close\n\n",
    "cross-site form": post(b"note=1", "Content-Type: application/x-www-form-urlencoded", "Origin: https://evil.example"),
    "cross-site text": post(b"note", "Content-Type: text/plain", "Origin: https://evil.example"),
    "deep json": post(b"[" * 60_000, "Content-Type: application/json"),
    "json with bad utf-8": post(b'{"note":"\xff"}', "Content-Type: application/json"),
    "odd charset": post(b"note", "Content-Type: text/plain; charset=utf-16"),
    "gzip": post(b"\x1f\x8b", "Content-Type: text/plain", "Content-Encoding: gzip"),
}

times, stop = [], threading.Event()


def honest():
    while not stop.is_set():
        began = time.monotonic()
        link = socket.create_connection(("127.0.0.1", PORT), timeout=20)
        link.sendall(get("/v1/ledger"))
        data = b""
        while part := link.recv(65536):
            data += part
        link.close()
        assert data.startswith(b"HTTP/1.1 200"), data[:80]
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.01)


def idle():
    """As many silent connections as asked for, 200 from each address; gives those that are still open."""
    links = []
    for number in range(IDLE):
        try:
            links.append(connect(f"127.0.{1 + number // 200 % 250}.{2 + number // 50_000}", 2))
        except OSError:
            break
    return links


def trickle(links):
    """A header and a body that come a byte at a time."""
    for head in (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: ", post(b"", "Content-Type: text/plain", length=100_000)):
        link = connect("127.0.0.3")
        link.sendall(head)
        links.append(link)
    while not stop.wait(0.05):
        for link in links:
            try:
                link.sendall(b"a")
            except OSError:
                pass


def pipelined():
    link = connect("127.0.0.4")
    link.sendall(get("/livez").replace(b"Connection: close\r\n", b"") * 50 + get("/livez"))
    data = b""
    while part := link.recv(65536):
        data += part
    return data.count(b"HTTP/1.1 200")


client = threading.Thread(target=honest)
client.start()
open_links = idle()
slow = []
threading.Thread(target=trickle, args=(slow,), daemon=True).start()
answers = {name: status(data) for name, data in ATTACKS.items()}
count = pipelined()
time.sleep(0.5)
stop.set()
client.join()
times.sort()
print(json.dumps({
    "asked": len(times), "p99_us": int(times[len(times) * 99 // 100] * 1000), "idle": len(open_links),
    "pipelined": count, "answers": answers}))
