#!/usr/bin/env python3
"""Reads the QR code of a printed page as a scanner would: scan_page.py PAGE.html prints its content.

The SVG's dark runs are painted into a picture, and zbarimg reads that."""
import pathlib
import re
import subprocess
import sys
import tempfile

page = pathlib.Path(sys.argv[1]).read_text()
side = int(re.search(r'viewBox="0 0 (\d+) \d+"', page)[1])
dark = re.search(r'<path fill="#000" d="([^"]*)"', page)[1]
rows = [[255] * side for _ in range(side)]
for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", dark):
    for step in range(int(width)):
        rows[int(y)][int(x) + step] = 0
scale = 6
with tempfile.NamedTemporaryFile(suffix=".pgm") as picture:
    picture.write(b"P5 %d %d 255\n" % (side * scale, side * scale))
    for row in rows:
        picture.write(b"".join(bytes([shade]) * scale for shade in row) * scale)
    picture.flush()
    done = subprocess.run(["zbarimg", "--quiet", "--raw", picture.name], stdout=subprocess.PIPE, check=True)
sys.stdout.buffer.write(done.stdout)
