"""Scenarios of the till: a sale from the keypad to paid, and everything that can come between."""
import json
import re
import subprocess
import time

from suite import scenario


def add_till(scene, name):
    """A till of the bakery: what the command printed of it."""
    return scene.place.run("till", "add", name, "--as", "boulangerie-martin", "--yes")


def open_till(scene, name, language="fr", **options):
    """A browser that has become a till."""
    browser = scene.browser(name, language=language, **options)
    browser.go(f"{scene.place.url}/till?lang={language}")
    browser.await_element("textarea")
    browser.run("document.querySelector('textarea').value = arguments[0]", add_till(scene, name))
    browser.click("form button.main")
    browser.await_element(".keys")
    return browser


def ask(browser, digits):
    """Types an amount on the keyboard, asks for it, and gives the request's code."""
    browser.await_element(".keys")
    browser.keys(*digits)
    browser.click("button.main")
    browser.await_element(".qr img")
    return browser.text(".code").strip()


@scenario("from the keypad to paid, by the command line: the amount shifts, the QR code is the link, paid is unmistakable")
def by_command(scene):
    browser = scene.browser("till", language="fr")
    browser.go(f"{scene.place.url}/till?lang=fr")
    browser.await_element("textarea")
    scene.show(browser, "till-setup-fr")
    open_till(scene, "till")
    scene.show(browser, "till-keypad-fr")
    for key, shown in [("1", "0,01 MEL"), ("2", "0,12 MEL"), ("5", "1,25 MEL"), ("0", "12,50 MEL")]:
        browser.press(key, ".key")
        browser.await_text(shown, "output")
    browser.press("Effacer le dernier chiffre", ".key")
    browser.await_text("1,25 MEL", "output")
    browser.press("0", ".key")
    browser.type("#reference", "T-1042")
    scene.show(browser, "till-amount-fr")
    browser.press("Encaisser 12,50 MEL")
    browser.await_element(".qr img")
    browser.await_(lambda: browser.run("return document.querySelector('.qr img').naturalWidth > 0"), "the picture of the code")
    code = browser.text(".code").strip()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code), code
    scene.show(browser, "till-waiting-fr")
    decoded = decode(scene.pictures / "till-waiting-fr.png")
    assert decoded == f"{scene.place.url}/p/{code}", decoded
    before = scene.place.balance("boulangerie-martin")
    scene.place.run("pay", code, "--as", "alice", "--yes")
    browser.await_text("Payé", "h1")
    browser.await_text(code, ".reference")
    browser.await_text("T-1042", ".reference")
    scene.show(browser, "till-paid-fr")
    time.sleep(1)
    assert "Payé" in browser.text("h1"), "it stays until it is tapped"
    assert scene.place.balance("boulangerie-martin") == before + 1250
    browser.run("window.print = () => {}")
    for width in (58, 80):
        browser.press(f"Ticket, {width} mm")
        printed = browser.printed()
        (scene.pictures / f"ticket-{width}-fr.pdf").write_bytes(printed)
        pages = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
        assert len(pages) == 1, "one page, nothing of the screen behind it"
        assert abs(float(pages[0][0]) / 72 * 25.4 - width) < 0.5, pages
    browser.keys("Enter")
    browser.await_text("0,00 MEL", "output")
    assert browser.console() == []


def decode(picture):
    """The text of the QR code in a picture."""
    done = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True, timeout=20)
    return done.stdout.strip()


@scenario("paid by the payer's page: both sides show the same reference, and the till hears within 150 ms")
def by_page(scene):
    till, payer = scene.browser("till"), scene.browser("alice")
    waits = []
    for amount in ["300", "301", "302", "303", "304"]:
        code = ask(till, amount)
        payer.go(f"{scene.place.url}/p/{code}")
        payer.await_element("form[data-open]")
        if amount == "300":
            till.await_text("Le client la regarde")
            scene.show(till, "till-claimed-fr")
            scene.show(payer, "pay-request-fr")
        till.run("""window.paidAt = null; new MutationObserver(() => {
          if (document.querySelector('.outcome.good')) window.paidAt ??= Date.now(); }).observe(document.body, { childList: true, subtree: true })""")
        payer.run("""
          const real = window.fetch;
          window.fetch = async (path, options) => {
            const response = await real(path, options);
            if (path === '/v1/notes') window.acceptedAt = Date.now();
            return response;
          };""")
        payer.click("form button.main")
        payer.await_text("Payé", "h1")
        till.await_text("Payé", "h1")
        waits.append(till.run("return window.paidAt") - payer.run("return window.acceptedAt"))
        assert code in payer.text(".reference") and code in till.text(".reference")
        number = re.search(r"N° (\d+)", payer.text(".reference")).group(0)
        assert number in till.text(".reference"), till.text(".reference")
        if amount == "300":
            scene.show(payer, "pay-request-paid-fr")
        till.click(".outcome")
    print(f"        accepted to shown: {waits} ms")
    assert sorted(waits)[-1] < 150, waits
    payer.go(f"{scene.place.url}/p/{code}")
    payer.await_text("Cette demande est payée")


@scenario("a second till, in English and the dark, asks for what will expire in half a minute")
def expiring(scene):
    second = open_till(scene, "second", language="en", size=(1100, 800), dark=True)
    scene.show(second, "till-keypad-en-dark")
    second.run("""
      const real = window.fetch;
      window.fetch = (path, options) => {
        const isOrder = path === '/v1/requests' && options.method === 'POST';
        return real(path, isOrder ? { ...options, body: options.body.replace('"expires_in":900', '"expires_in":30') } : options);
      };""")
    scene.expiring = ask(second, "100")


@scenario("a payer without funds is refused in plain words, and the till goes on waiting")
def without_funds(scene):
    till = scene.browser("till")
    bob = scene.browser("bob", language="fr")
    scene.bring_key(bob, "bob")
    code = ask(till, "9000")
    bob.go(f"{scene.place.url}/p/{code}")
    bob.await_text("-85,00 MEL", ".after")
    bob.click("form button.main")
    bob.await_text("Non payé", "h1")
    assert bob.run("return document.querySelector('[data-code]').dataset.code") == "insufficient-funds"
    scene.show(bob, "pay-request-refused-fr")
    assert till.find(".qr img") and not till.find(".outcome")
    till.press("Annuler")
    till.await_element(".keys")
    bob.go(f"{scene.place.url}/p/{code}")
    bob.await_text("Cette demande a été annulée")
    scene.show(bob, "pay-request-cancelled-fr")
    scene.close("bob")


@scenario("the server is killed in the middle of a sale: a red banner, never paid, and the sale goes on when it is back")
def killed(scene):
    till = scene.browser("till")
    code = ask(till, "700")
    scene.place.kill()
    till.await_element("[data-away]")
    scene.show(till, "till-away-fr")
    assert not till.find(".outcome")
    scene.place.serve()
    till.await_(lambda: not till.find("[data-away]"), "the banner's end")
    assert till.text(".code").strip() == code
    scene.place.run("pay", code, "--as", "alice", "--yes")
    till.await_text("Payé", "h1")
    till.click(".outcome")
    till.console()


@scenario("asked while the server is away, the request is made once, when it is back")
def asked_while_away(scene):
    till = scene.browser("till")
    till.await_element(".keys")
    scene.place.kill()
    till.await_element("[data-away]")
    till.keys("5", "5", "0")
    till.click("button.main")
    till.await_text("Demande en cours")
    scene.place.serve()
    till.await_element(".qr img")
    till.press("Annuler")
    till.await_element(".keys")
    till.console()


@scenario("the tab sleeps while it is paid: on waking it is shown")
def asleep(scene):
    till = scene.browser("till")
    code = ask(till, "800")
    till.cdp("Page.setWebLifecycleState", state="frozen")
    scene.place.run("pay", code, "--as", "alice", "--yes")
    time.sleep(0.5)
    till.cdp("Page.setWebLifecycleState", state="active")
    till.await_text("Payé", "h1")
    till.go(f"{scene.place.url}/till")
    till.await_text("Payé", "h1")
    till.click(".outcome")


@scenario("a stream that went silent loses nothing: asking every few seconds finds the payment")
def silent(scene):
    till = scene.browser("till")
    till.cdp("Page.enable")
    script = till.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = window.fetch;
      window.fetch = (path, options) => String(path).endsWith('/events') ? new Promise(() => {}) : real(path, options);""")
    till.go(f"{scene.place.url}/till")
    code = ask(till, "200")
    scene.place.run("pay", code, "--as", "alice", "--yes")
    till.await_text("Payé", "h1")
    till.click(".outcome")
    till.cdp("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    till.go(f"{scene.place.url}/till")
    till.await_element(".keys")


@scenario("a request that expired is told on both sides, with another sign than paid")
def expired(scene):
    second, payer = scene.browser("second"), scene.browser("alice")
    second.await_text("Expired", "h1", seconds=32)
    assert scene.expiring in second.text(".reference")
    scene.show(second, "till-expired-en-dark")
    payer.go(f"{scene.place.url}/p/{scene.expiring}")
    payer.await_text("Cette demande a expiré")
    scene.show(payer, "pay-request-expired-fr")
    second.keys("Enter")
    second.await_element(".keys")
    second.go(f"{scene.place.url}/till")
    second.await_element(".keys")


@scenario("two tills of a shop do not mix")
def two_tills(scene):
    first = scene.browser("till")
    second = scene.browser("second")
    one, two = ask(first, "110"), ask(second, "220")
    scene.show(second, "till-waiting-en-dark")
    assert decode(scene.pictures / "till-waiting-en-dark.png") == f"{scene.place.url}/p/{two}"
    scene.place.run("pay", two, "--as", "alice", "--yes")
    second.await_text("Paid", "h1")
    scene.show(second, "till-paid-en-dark")
    time.sleep(0.1)
    assert first.text(".code").strip() == one and not first.find(".outcome")
    scene.place.run("pay", one, "--as", "alice", "--yes")
    first.await_text("Payé", "h1")
    first.click(".outcome")
    second.click(".outcome")


@scenario("a double tap on the button makes one request")
def double_tap(scene):
    till = scene.browser("till")
    till.await_element(".keys")
    till.keys("4", "5", "0")
    till.run("const button = document.querySelector('button.main'); button.click(); button.click();")
    till.await_element(".qr img")
    till.press("Annuler")
    till.await_element(".keys")


@scenario("a refund is explained without the merchant's key and made with it, never beyond the sale")
def refund(scene):
    till = scene.browser("till")
    till.press("Ventes", "nav button")
    till.await_element(".sales button")
    scene.show(till, "till-sales-fr")
    number = till.run("return document.querySelector('.sales button').getAttribute('aria-label').split(' ').pop()")
    till.press(f"Rembourser {number}")
    till.await_text(f"carnet refund {number}")
    scene.show(till, "till-refund-explained-fr")
    scene.bring_key(till, "boulangerie-martin")
    till.go(f"{scene.place.url}/till")
    till.press("Ventes", "nav button")
    till.press(f"Rembourser {number}")
    till.type("form input[name=reason]", "  ")
    till.click("form button.main")
    till.await_text("Dites pourquoi", ".fault")
    till.run("document.querySelector('input[name=reason]').value = 'a\\tb'")
    till.click("form button.main")
    till.await_text("Le motif est trop long", ".fault")
    till.run("document.querySelector('input[name=reason]').value = ''")
    till.type("form input[name=reason]", "article rendu")
    scene.show(till, "till-refund-fr")
    till.click("form button.main")
    till.await_text("Remboursé", "h1")
    scene.show(till, "till-refunded-fr")
    till.press("Continuer")
    till.await_text("remboursement de")
    refunded = json.loads(scene.place.run("statement", "boulangerie-martin", "--as", "boulangerie-martin", "--json"))["lines"][-1]
    assert (refunded["kind"], refunded["memo"]) == ("reversal", "article rendu"), refunded


@scenario("the reports: X at any time, Z numbered, kept, and as CSV")
def reports(scene):
    till = scene.browser("till")
    till.press("Rapports", "nav button")
    till.await_text("ventes", "table")
    scene.show(till, "till-report-fr")
    till.press("Clôturer (Z)")
    till.press("Clôturer pour de bon")
    till.await_text("Z 1")
    till.await_text("Aucune vente")
    scene.show(till, "till-closes-fr")
    second = scene.browser("second")
    second.press("Reports", "nav button")
    second.await_text("X report")
    scene.show(second, "till-report-en-dark")


@scenario("the counter card's QR code is the permanent address, and what is printed fits its paper")
def papers(scene):
    till = scene.browser("till")
    till.press("Carte de comptoir", "nav button")
    till.await_(lambda: till.run("return document.querySelector('.qr img')?.naturalWidth > 0"), "the card's code")
    scene.show(till, "till-card-fr")
    assert decode(scene.pictures / "till-card-fr.png") == f"{scene.place.url}/p/boulangerie-martin"
    till.press("Réglages", "nav button")
    till.await_text("Caissier")
    scene.show(till, "till-settings-fr")
    till.press("Clavier", "nav button")


def assert_fits(browser, what):
    """Nothing reaches beyond the right edge."""
    wide = browser.run("""
      return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.offsetParent)
        .map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`);""")
    assert not wide, f"{what}: {wide}"


@scenario("at 320 pixels, and at twice the size, nothing is cut off and nothing has to be scrolled sideways")
def narrow(scene):
    till = scene.browser("till")
    for width, scale, name in [(320, 1, "320"), (210, 2, "zoom-200")]:
        till.cdp("Emulation.setDeviceMetricsOverride", width=width, height=700, deviceScaleFactor=scale, mobile=False)
        till.go(f"{scene.place.url}/till")
        till.await_element(".keys")
        assert_fits(till, f"keypad at {name}")
        scene.show(till, f"till-keypad-{name}")
        ask(till, "123456")
        assert_fits(till, f"asking at {name}")
        scene.show(till, f"till-waiting-{name}")
        till.press("Annuler")
        till.await_element(".keys")
    till.cdp("Emulation.clearDeviceMetricsOverride")


@scenario("each page weighs less than 100 KB all in, and paints within a second with nothing cached")
def weight(scene):
    made = json.loads(scene.place.run("invite", "Ines Blanc", "--as", "marie", "--json"))
    for address in ["/till", "/me", "/p/boulangerie-martin", made["link"]]:
        # A profile of its own: no cache, and no service worker through which files would weigh nothing.
        browser = scene.browser("fresh", language="fr")
        browser.cdp("Network.enable")
        browser.cdp("Network.setBypassServiceWorker", bypass=True)
        path = address if address.startswith("/") else address[len(scene.place.url):].rsplit("/", 1)[0]
        browser.go(address if address.startswith("http") else scene.place.url + address)
        browser.await_element("h1")
        browser.await_(lambda: browser.run("return performance.getEntriesByName('first-contentful-paint').length > 0"), "a paint")
        paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        # What the page takes in later, when it is used, counts too.
        size, files = browser.run("""
          const loaded = () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
          const lazily = /import\\('\\.\\/([a-z.]+)'\\)/g;
          for (let before = -1; before !== loaded().length;) {
            before = loaded().length;
            for (const { name } of loaded().filter((one) => one.name.endsWith('.js') && !one.name.endsWith('/worker.js'))) {
              for (const [, file] of (await (await fetch(name, { cache: 'force-cache' })).text()).matchAll(lazily)) await import(`/assets/${file}`);
            }
          }
          const once = new Map(loaded().map((one) => [one.name, 0]));
          for (const one of loaded()) once.set(one.name, Math.max(once.get(one.name), one.transferSize));
          return [[...once.values()].reduce((sum, one) => sum + one, 0), [...once.entries()]];""")
        print(f"        {path}: {size} bytes in {len(files)} files, first paint after {paint:.0f} ms")
        scene.close("fresh")
        assert all(count > 0 for _, count in files), files
        assert size < 100_000, (path, size)
        assert paint < 1000, (path, paint)
    scene.place.run("invite", "withdraw", made["id"], "--as", "marie")
