#!/usr/bin/env python3
"""Checks what a ledger gives out, written from docs/PROTOCOL.md and the C2SP documents alone.

  check.py receipt FILE VKEY [WITNESSVKEY…]   a receipt; every witness named must have cosigned
  check.py checkpoint FILE VKEY [WITNESSVKEY…]
  check.py closing FILE VKEY                  a closing proof
  check.py tiles URL VKEY                     rebuilds the tree from its tiles and compares it with the checkpoint
  check.py altered KIND FILE VKEY [WITNESSVKEY…]
      checks the file, then every file that differs from it in one byte or lacks its end: none may pass

Standard library only; Ed25519 is that of pay.py beside it. Exit 1 with the reason where something does not hold."""
import base64
import hashlib
import os
import sys
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pay import L, decode, root_from, verify  # noqa: E402


class Wrong(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Wrong(reason)


def b64(text, count=None):
    try:
        data = base64.b64decode(text, validate=True)
    except Exception:
        raise Wrong("base64")
    need(base64.b64encode(data) == text, "base64 is not canonical")
    need(count is None or len(data) == count, "length")
    return data


def integer(text):
    need(text.isdigit() and (text == b"0" or text[:1] != b"0"), "integer")
    return int(text)


def vkey(text):
    name, key_id, typed = text.split("+", 2)
    data = b64(typed.encode(), 33)
    kind, key = data[0], data[1:]
    need(kind in (1, 4), "type of key")
    expected = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    need(key_id == expected.hex(), "key id")
    return name, kind, key, expected


def valid(key, message, signature):
    """libsodium 1.0.18: S < L, A and R canonical and of large order, equation without cofactor."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= L:
        return False
    try:
        for point in (key, signature[:32]):
            decode(point)
            need(int.from_bytes(point, "little") & (1 << 255) - 1 < 2**255 - 19, "canonical")
    except (Wrong, ValueError):
        return False
    return verify(key, message, signature)


def note(data):
    need(len(data) <= 16384 and data.endswith(b"\n"), "note")
    need(all(byte >= 0x20 or byte == 10 for byte in data), "control character")
    data.decode()
    text, blank, lines = data.rpartition(b"\n\n")
    need(blank and lines, "no signature")
    rows = lines[:-1].split(b"\n")
    need(1 <= len(rows) <= 16, "number of signatures")
    found = []
    for row in rows:
        prefix = "\u2014 ".encode()
        need(row.startswith(prefix), "em dash")
        name, space, payload = row[len(prefix):].partition(b" ")
        need(space and name and b"+" not in name, "name of a key")
        payload = b64(payload)
        need(len(payload) > 4, "payload")
        found.append((name.decode(), payload[:4], payload[4:]))
    return text + b"\n", found


def signed_by(lines, text, key):
    name, kind, public, key_id = key
    mine = [payload for line, found, payload in lines if line == name and found == key_id]
    need(mine, f"no line by {name}")
    for payload in mine:
        message = text
        if kind == 4:
            need(len(payload) == 72, "length of a cosignature")
            seconds = int.from_bytes(payload[:8], "big")
            need(seconds < 2**63, "time")
            message, payload = b"cosignature/v1\ntime %d\n" % seconds + text, payload[8:]
        need(valid(public, message, payload), f"signature of {name}")


def checkpoint(data, keys):
    text, lines = note(data)
    rows = text[:-1].split(b"\n")
    need(len(rows) == 3 and rows[0].decode() == keys[0][0], "origin")
    size, root = integer(rows[1]), b64(rows[2], 32)
    for key in keys:
        signed_by(lines, text, key)
    return size, root


def record(data):
    """The number, and who signed with which key; each signature is checked."""
    need(len(data) <= 32768, "size of a record")
    head, blank, rest = data.partition(b"\n\n")
    need(blank, "no note")
    rows = head.split(b"\n")
    need(rows[0] == b"record/v1" and rows[1].startswith(b"ledger "), "record")
    origin = rows[1][7:].decode()
    need(rows[2].startswith(b"number ") and rows[3].startswith(b"time "), "record")
    number = integer(rows[2][7:])
    integer(rows[3][5:])
    sums, signs = {}, []
    for row in rows[4:]:
        words = row.split(b" ")
        if words[0] == b"post" and len(words) == 4 and not signs:
            amount = int(words[3])
            need(str(amount).encode() == words[3] and amount, "amount")
            sums[words[2]] = sums.get(words[2], 0) + amount
        else:
            need(words[0] == b"sign" and len(words) == 3, "line of a record")
            signs.append((words[1].decode(), b64(words[2], 32)))
    need(not any(sums.values()), "postings do not sum to zero")
    text, lines = note(rest)
    fields = dict(row.partition(b" ")[::2] for row in text[:-1].split(b"\n"))
    need(fields.get(b"ledger", b"").decode() == origin, "ledger of the note")
    signer = (fields.get(b"from") if text.split(b"/")[0] in FROM else fields.get(b"by")).decode()
    if not signs:
        signs = [(signer, b64(fields[b"key"], 32))]
    need(signs[0] == (signer, b64(fields[b"key"], 32)) and len(signs) == len(lines), "signers")
    for (number_of, key), (name, key_id, payload) in zip(signs, lines):
        expected = origin if number_of == "-" else f"{origin}/{number_of}"
        need(name == expected, "name of a signer")
        need(key_id == hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4], "key id")
        need(valid(key, text, payload), "signature under the note")
    return number, text, fields


FROM = (b"payment", b"cheque", b"reconversion")


def receipt(data, keys):
    need(len(data) <= 65536, "size of a receipt")
    head, blank, rest = data.partition(b"\n\n")
    need(blank, "no checkpoint")
    rows = head.split(b"\n")
    need(rows[0] == b"c2sp.org/tlog-proof@v1" and len(rows) >= 3, "header")
    need(rows[1].startswith(b"extra ") and rows[2].startswith(b"index "), "fields")
    leaf, index = b64(rows[1][6:]), integer(rows[2][6:])
    proof = [b64(row, 32) for row in rows[3:]]
    size, root = checkpoint(rest, keys)
    need(index < size, "index")
    try:
        found = root_from(hashlib.sha256(b"\0" + leaf).digest(), index, size, proof)
    except AssertionError:
        raise Wrong("length of the proof")
    need(found == root, "root")
    number, text, fields = record(leaf)
    need(number == index, "number of the record")
    return text, fields


def node(left, right):
    need(left[0] + right[0] < 2**63, "sum")
    data = b"\x03" + left[0].to_bytes(8, "big") + left[1] + right[0].to_bytes(8, "big") + right[1]
    return left[0] + right[0], hashlib.sha256(data).digest()


def closing(data, keys):
    head, blank, rest = data.partition(b"\n\n")
    need(blank, "no receipt")
    rows = [row.split(b" ") for row in head.split(b"\n")]
    names = [b"ledger", b"cutoff", b"account", b"currency", b"sign", b"value", b"salt", b"index"]
    need(rows[0] == [b"closing-proof/v1"] and [row[0] for row in rows[1:9]] == names, "fields")
    ledger, cutoff, account, currency, sign, value, salt, index = (row[1] for row in rows[1:9])
    blind = hashlib.sha256(
        b"liability/v1\n%s\n%d\n%s\n" % (ledger, integer(cutoff), account) + b64(salt, 32)).digest()
    value = integer(value)
    at = value, hashlib.sha256(b"\x02" + value.to_bytes(8, "big") + blind).digest()
    place, path = integer(index), rows[9:]
    need(place >> len(path) == 0, "index")
    for row in path:
        need(row[0] == b"node" and len(row) == 3, "node")
        beside = integer(row[1]), b64(row[2], 32)
        at = node(beside, at) if place & 1 else node(at, beside)
        place >>= 1
    text, fields = receipt(rest, keys)
    need(text.startswith(b"closing/v1\n") and fields[b"cutoff"] == cutoff, "not that closing")
    need(fields[b"ledger"] == ledger, "ledger")
    totals = [total.split(b":") for total in fields[b"totals"].split(b",")]
    mine = [total for total in totals if total[:2] == [currency, sign]]
    need(len(mine) == 1, "no such total")
    need(integer(mine[0][2]) == 1 << len(path), "leaves")
    need((integer(mine[0][3]), b64(mine[0][4], 32)) == at, "total")
    return int(value) * (-1 if sign == b"minus" else 1)


def fetch(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read()


def tile(url, level, number, width):
    path = f"{number % 1000:03d}"
    while number >= 1000:
        number //= 1000
        path = f"x{number % 1000:03d}/{path}"
    part = "" if width == 256 else f".p/{width}"
    data = fetch(f"{url}/tile/{level}/{path}{part}")
    need(len(data) == 32 * width, "size of a tile")
    return [data[at:at + 32] for at in range(0, len(data), 32)]


def tree(hashes):
    """RFC 6962, section 2.1, over hashes of leaves."""
    if len(hashes) == 1:
        return hashes[0]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree(hashes[:half]) + tree(hashes[half:])).digest()


def tiles(url, keys):
    size, root = checkpoint(fetch(f"{url}/checkpoint"), keys)
    leaves = []
    for number in range((size + 255) // 256):
        leaves += tile(url, 0, number, min(256, size - 256 * number))
    need(tree(leaves) == root, "root of the tiles")
    full = size // 256
    if full:
        above = tile(url, 1, 0, min(full, 255) if full < 256 else 256)
        need(above == [tree(leaves[256 * at:256 * at + 256]) for at in range(len(above))], "tile of level 1")


CHECKS = {"receipt": receipt, "checkpoint": checkpoint, "closing": closing}


def passes(check, data, keys):
    try:
        check(data, keys)
        return True
    except (Wrong, ValueError, IndexError, KeyError, AttributeError, UnicodeDecodeError, OverflowError):
        return False


def altered(check, data, keys):
    step = int(os.environ.get("STEP", "1"))
    for at in range(0, len(data), step):
        for change in (0x01, 0x20):
            other = data[:at] + bytes([data[at] ^ change]) + data[at + 1:]
            need(not passes(check, other, keys), f"byte {at} changed by {change}")
        need(not passes(check, data[:at], keys), f"cut at {at}")


def main():
    kind, *rest = sys.argv[1:]
    if kind == "tiles":
        return tiles(rest[0], [vkey(rest[1])])
    if kind == "altered":
        kind, *rest = rest
        with open(rest[0], "rb") as file:
            data = file.read()
        keys = [vkey(text) for text in rest[1:]]
        CHECKS[kind](data, keys)
        return altered(CHECKS[kind], data, keys)
    with open(rest[0], "rb") as file:
        CHECKS[kind](file.read(), [vkey(text) for text in rest[1:]])


if __name__ == "__main__":
    try:
        main()
    except Wrong as reason:
        sys.exit(f"check: {reason}")
    print("holds")
