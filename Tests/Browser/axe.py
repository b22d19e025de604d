"""Finds axe-core's script: fetched once, inside a package of PyPI, and kept under .build."""
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "axe-playwright-python==0.1.8"


def script(root):
    kept = Path(root) / ".build" / "axe" / "axe.min.js"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", kept.parent, PACKAGE], check=True)
        wheel = next(kept.parent.glob("axe_playwright_python-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            kept.write_bytes(archive.read("axe_playwright_python/axe.min.js"))
    return kept.read_text()


RUN = """
  const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
  return result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target).join(' ')}`);"""


def violations(browser, source):
    browser.run(source + "; window.axe = axe;")
    return browser.run(RUN)
