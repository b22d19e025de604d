#!/usr/bin/env python3
"""Pays once and checks the receipt, written from docs/PROTOCOL.md alone: pay.py URL SEEDHEX TO AMOUNT CODE

Standard library only; Ed25519 is done by hand, slowly, after RFC 8032, section 5.1."""
import base64
import hashlib
import json
import os
import sys
import time
import urllib.parse
import urllib.request

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def sha512(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def recover(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P:
        raise ValueError("not a point")
    return x if x & 1 == sign else P - x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def encode(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data):
    value = int.from_bytes(data, "little")
    y, sign = value & (1 << 255) - 1, value >> 255
    x = recover(y, sign)
    return x, y, 1, x * y % P


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def sign(seed, message):
    scalar, prefix = expand(seed)
    public = encode(times(scalar, BASE))
    r = sha512(prefix + message) % L
    point = encode(times(r, BASE))
    s = (r + sha512(point + public + message) * scalar) % L
    return point + s.to_bytes(32, "little")


def verify(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = sha512(signature[:32] + public + message) % L
    x, y, z, t = decode(public)
    return encode(add(times(s, BASE), times(h, (P - x, y, z, P - t)))) == signature[:32]


def b64(data):
    return base64.b64encode(data).decode()


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def line(name, seed, public, text):
    return f"\u2014 {name} {b64(key_id(name, public) + sign(seed, text))}\n".encode()


def get(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def split(note):
    text, _, lines = note.rpartition(b"\n\n")
    return text + b"\n", lines


def check_line(lines, name, public, text):
    prefix = f"\u2014 {name} ".encode()
    found = [base64.b64decode(row[len(prefix):]) for row in lines.splitlines() if row.startswith(prefix)]
    mine = [payload[4:] for payload in found if payload[:4] == key_id(name, public)]
    assert mine and all(verify(public, text, signature) for signature in mine), name


def root_from(leaf, index, size, proof):
    """RFC 9162, section 2.1.3.2."""
    node, last, digest = index, size - 1, leaf
    for sibling in proof:
        assert last
        if node & 1 or node == last:
            digest = hashlib.sha256(b"\x01" + sibling + digest).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            digest = hashlib.sha256(b"\x01" + digest + sibling).digest()
        node, last = node >> 1, last >> 1
    assert last == 0
    return digest


def check_receipt(receipt, note_text, origin, ledger_key):
    head, _, checkpoint = receipt.partition(b"\n\n")
    rows = head.split(b"\n")
    assert rows[0] == b"c2sp.org/tlog-proof@v1"
    record = base64.b64decode(rows[1].removeprefix(b"extra "))
    index = int(rows[2].removeprefix(b"index "))
    proof = [base64.b64decode(row) for row in rows[3:]]
    text, lines = split(checkpoint)
    check_line(lines, origin, ledger_key, text)
    name, size, root = text.decode().split("\n")[:3]
    assert name == origin
    leaf = hashlib.sha256(b"\0" + record).digest()
    assert root_from(leaf, index, int(size), proof) == base64.b64decode(root)
    header, _, note = record.partition(b"\n\n")
    assert f"number {index}" in header.decode().split("\n") and header.startswith(b"record/v1\n")
    assert split(note)[0] == note_text
    return index


def main(url, seed_hex, to, amount, code):
    seed = bytes.fromhex(seed_hex)
    public = encode(times(expand(seed)[0], BASE))
    ledger = get(f"{url}/v1/ledger")
    origin, ledger_key = ledger["origin"], base64.b64decode(ledger["verifier_key"].split("+", 2)[2])[1:]
    query = urllib.parse.urlencode({"key": b64(public)})
    number = get(f"{url}/v1/directory?{query}")["members"][0]["number"]
    text = (
        f"payment/v1\nledger {origin}\nfrom {number}\nto {to}\ncurrency {code}\namount {amount}\nrequest -\nmemo -\n"
        f"nonce {b64(os.urandom(16))}\nuntil {int(time.time()) + 600}\nkey {b64(public)}\n"
    ).encode()
    note = text + b"\n" + line(f"{origin}/{number}", seed, public, text)
    request = urllib.request.Request(
        f"{url}/v1/notes", note, {"Content-Type": "text/plain", "Accept": "text/plain"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        receipt = answer.read()
    print(check_receipt(receipt, text, origin, ledger_key))


if __name__ == "__main__":
    main(*sys.argv[1:])
