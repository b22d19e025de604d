#!/usr/bin/env python3
"""Cashes a cheque at a ledger, written from docs/CHEQUES.md alone: cash.py CHEQUE URL prints the status and the record."""
import base64
import hashlib
import json
import sys
import urllib.request

lines = open(sys.argv[1], "rb").read().decode("ascii").split("\n")
assert lines[0] == "carnet-cheque/v1" and lines[-1] == ""
blank = lines.index("")
text = "".join(line + "\n" for line in lines[1:blank])
assert text.startswith("cheque/v1\n")
fields = dict(line.split(" ") for line in lines[2:blank])
behind = dict(line.split(" ") for line in lines[blank + 1:-1])

# The signature line follows from the text: docs/PROTOCOL.md, section 1.
name = f"{fields['ledger']}/{fields['from']}"
key = base64.b64decode(fields["key"], validate=True)
key_id = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
line = base64.b64encode(key_id + base64.b64decode(behind["signature"], validate=True)).decode()
body = {"note": f"{text}\n— {name} {line}\n", "texts": []}
if fields["memo"] != "-":
    salt, memo = (base64.b64decode(behind[field], validate=True) for field in ("salt", "text"))
    hash = hashlib.sha256(b"carnet.text/v1\n" + salt + memo).digest()
    assert base64.b64encode(hash).decode() == fields["memo"], "the memo is another one"
    body["texts"].append({"salt": behind["salt"], "text": memo.decode()})

request = urllib.request.Request(
    f"{sys.argv[2]}/v1/notes", json.dumps(body).encode(), {"Content-Type": "application/json"})
with urllib.request.urlopen(request, timeout=20) as response:
    print(response.status, json.load(response)["number"])
