#!/usr/bin/env python3
"""The pages in a real browser: suite.py CARNET SCREENSHOTS. Prints one line a scenario, exit 1 where one failed."""
import sys
import tempfile
import time
import traceback
from pathlib import Path

import axe
from place import ROOT, Place
from webdriver import Driver

HERE = Path(__file__).resolve().parent


class Scene:
    """What all scenarios share: the place, the browsers, where pictures go."""

    def __init__(self, place, driver, pictures):
        self.place, self.driver, self.pictures = place, driver, pictures
        self.axe = axe.script(ROOT)
        self.began = time.time()
        self.browsers = {}

    def browser(self, name, **options):
        """The browser of that name, opened where it is not yet."""
        if name not in self.browsers:
            self.browsers[name] = self.driver.open(**options)
        return self.browsers[name]

    def close(self, name):
        self.browsers.pop(name).close()

    def show(self, browser, name):
        """Keeps a picture of a state and lets axe look at it."""
        time.sleep(0.25)
        browser.screenshot(self.pictures / f"{name}.png")
        found = axe.violations(browser, self.axe)
        assert not found, f"axe at {name}: {found}"

    def bring_key(self, browser, name):
        """Brings a member's key into a browser by its words."""
        browser.go(f"{self.place.url}/me")
        browser.await_element("textarea")
        browser.type("textarea", self.place.words(name))
        browser.click("form button.main")
        browser.await_element(".balance")


SCENARIOS = []


def scenario(title):
    def add(body):
        SCENARIOS.append((title, body))
        return body
    return add


def main(carnet, pictures):
    pictures = Path(pictures)
    pictures.mkdir(parents=True, exist_ok=True)
    only = sys.argv[3:]
    failed = 0
    driver = Driver()
    with tempfile.TemporaryDirectory(prefix="carnet-browser-") as folder:
        place = Place(folder, carnet)
        scene = Scene(place, driver, pictures)
        try:
            for title, body in SCENARIOS:
                if only and not any(word in title for word in only):
                    continue
                began = time.monotonic()
                try:
                    body(scene)
                    print(f"ok      {title} ({time.monotonic() - began:.1f} s)", flush=True)
                except Exception:
                    failed += 1
                    print(f"FAILED  {title}\n{traceback.format_exc()}", flush=True)
                    for name, browser in scene.browsers.items():
                        try:
                            browser.screenshot(pictures / f"failed-{name}.png")
                        except Exception:
                            print(f"no picture of {name}")
        finally:
            for name in list(scene.browsers):
                scene.close(name)
            driver.close()
            place.server.kill()
    return 1 if failed else 0


if __name__ == "__main__":
    # The scenarios add themselves to this very module, whatever name it was started under.
    sys.modules["suite"] = sys.modules["__main__"]
    import accounts  # noqa: F401
    import joining  # noqa: F401
    import tills  # noqa: F401
    import languages  # noqa: F401
    sys.exit(main(str(Path(sys.argv[1]).resolve()), sys.argv[2]))
