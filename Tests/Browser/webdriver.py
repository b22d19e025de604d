"""A small WebDriver client (W3C WebDriver, and chromium's own commands beside it). Standard library only."""
import base64
import json
import re
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Backspace": "\ue003", "Escape": "\ue00c", "Tab": "\ue004"}


class Failed(Exception):
    """A command of the browser failed, or what was awaited did not come."""


class Driver:
    """chromium-driver in a process of its own; browsers are opened through it."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["chromedriver", "--port=0", "--log-level=SEVERE"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.port = None
        while self.port is None:
            line = self.process.stdout.readline().decode()
            if not line:
                raise Failed("chromedriver does not start: is chromium-driver installed?")
            if found := re.search(r"started successfully on port (\d+)", line):
                self.port = int(found.group(1))

    def command(self, method, path, body=None):
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Failed(f"{value['error']}: {value['message'].splitlines()[0]}") from None

    def open(self, language="fr", size=(420, 900), dark=False):
        return Browser(self, language, size, dark)

    def close(self):
        # Its browsers are closed; whoever started us may have blocked the gentler signals.
        self.process.kill()
        self.process.wait()


class Browser:
    """One browser with a profile of its own."""

    def __init__(self, driver, language, size, dark):
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--mute-audio", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--lang={language}", f"--window-size={size[0]},{size[1]}",
            "--autoplay-policy=no-user-gesture-required",
        ] + (["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else [])
        options = {"binary": "/usr/bin/chromium", "args": arguments,
                   "prefs": {"intl.accept_languages": language, "intl.selected_languages": language}}
        capabilities = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.driver = driver
        made = driver.command("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.path = f"/session/{made['sessionId']}"
        self.cdp("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
        if dark:
            self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def _do(self, method, path, body=None):
        return self.driver.command(method, self.path + path, body)

    def cdp(self, command, **parameters):
        return self._do("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def go(self, url):
        self._do("POST", "/url", {"url": url})

    @property
    def url(self):
        return self._do("GET", "/url")

    def run(self, script, *arguments):
        """The value of a function body, awaited where it is a promise."""
        return self._do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        """The elements that a selector of CSS finds."""
        found = self._do("POST", "/elements", {"using": "css selector", "value": selector})
        return [one[ELEMENT] for one in found]

    def text(self, selector="body"):
        found = self.run("return document.querySelector(arguments[0])?.innerText ?? null", selector)
        return None if found is None else re.sub(r"[\u00a0\u202f]", " ", found)

    def await_(self, condition, what, seconds=10):
        """Polls until `condition` gives something true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if value := condition():
                    return value
            except Failed:
                pass
            time.sleep(0.03)
        raise Failed(f"{what} did not come; the page says: {self.text()!r}\n{self.console()}")

    def await_text(self, text, selector="body", seconds=10):
        return self.await_(lambda: text in (self.text(selector) or ""), f"{text!r} in {selector}", seconds)

    def await_element(self, selector, seconds=10):
        return self.await_(lambda: self.find(selector), selector, seconds)[0]

    def click(self, selector):
        element = self.await_element(selector)
        self._do("POST", f"/element/{element}/click")

    def press(self, label, selector="button, a.button"):
        """Clicks the button that bears this text."""
        script = """
          const seen = [...document.querySelectorAll(arguments[1])].filter((one) => one.getClientRects().length > 0);
          const named = (one) => [one.innerText.replace(/[\\u00a0\\u202f]/g, ' '), one.getAttribute('aria-label') ?? ''];
          return seen.find((one) => named(one).includes(arguments[0]))
            ?? seen.find((one) => named(one)[0].startsWith(arguments[0])) ?? null"""
        element = self.await_(lambda: self.run(script, label, selector), f"a button {label!r}")
        self._do("POST", f"/element/{element[ELEMENT]}/click")

    def type(self, selector, text):
        element = self.await_element(selector)
        self._do("POST", f"/element/{element}/value", {"text": text})

    def keys(self, *names):
        """Presses keys on whatever has the focus."""
        actions = []
        for name in names:
            key = KEYS.get(name, name)
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._do("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def accept(self):
        self._do("POST", "/alert/accept")

    def lose_answers(self, path):
        """From now on what is sent to a path arrives, and its answer does not."""
        self.run("""
          const [lost, real] = [arguments[0], window.fetch];
          window.fetch = async (path, options) => {
            const response = await real(path, options);
            if (path === lost) throw new TypeError('cut');
            return response;
          };
          window.mend = () => { window.fetch = real; };""", path)

    def lose_no_more(self):
        self.run("window.mend()")

    def printed(self):
        """What the page prints, as a PDF of the size it asks for."""
        page = self.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(page["data"])

    def screenshot(self, path=None):
        data = base64.b64decode(self._do("GET", "/screenshot"))
        if path:
            path.write_bytes(data)
        return data

    def console(self):
        """What the page reported: errors of scripts, refusals of its policy."""
        rows = self._do("POST", "/se/log", {"type": "browser"})
        return [row["message"] for row in rows if row["level"] == "SEVERE"]

    def close(self):
        self._do("DELETE", "")
