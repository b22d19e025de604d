"""The states that other scenarios show in one language, once more in the other: pictures, and axe, of every page in both."""
import json
import re

from suite import scenario
from tills import add_till, ask


def field(browser, name, text):
    """Puts a text in the place of what a field held."""
    browser.await_element(f"input[name={name}]")
    browser.run("document.querySelector(`input[name=${arguments[0]}]`).value = ''", name)
    browser.type(f"input[name={name}]", text)


@scenario("in English: an account from the welcome to reading it without a network")
def account(scene):
    browser, place = scene.browser("alice-en", language="en"), scene.place
    browser.go(f"{place.url}/me?lang=en")
    browser.await_element("textarea")
    scene.show(browser, "me-welcome-en")
    scene.bring_key(browser, "alice")
    browser.await_text("Alice Durand", "h1")
    scene.show(browser, "me-en")
    browser.run("await navigator.serviceWorker.ready; if (!navigator.serviceWorker.controller) await new Promise((r) => navigator.serviceWorker.addEventListener('controllerchange', r, { once: true }))")
    browser.go(f"{place.url}/me")
    browser.await_text("Alice Durand", "h1")
    place.kill()
    browser.go(f"{place.url}/me")
    browser.await_text("No network")
    scene.show(browser, "me-offline-en")
    place.serve()
    browser.console()


@scenario("in English: a member is paid, and what became of it is not known at first")
def member(scene):
    browser, place = scene.browser("alice-en"), scene.place
    browser.go(f"{place.url}/p/boulangerie-martin?lang=en")
    field(browser, "amount", "0.11")
    scene.show(browser, "pay-member-en")
    browser.press("Continue")
    browser.await_element("form[data-open]")
    scene.show(browser, "pay-confirm-en")
    browser.lose_answers("/v1/notes")
    browser.press("Pay 0.11 MEL")
    browser.await_element(".outcome.wait")
    scene.show(browser, "pay-unknown-en")
    browser.lose_no_more()
    browser.click(".outcome button.main")
    browser.await_element(".outcome.good")
    scene.show(browser, "pay-paid-en")
    asked = place.run("request", "new", "3", "--as", "boulangerie-martin", "--yes")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", asked).group(0)
    browser.go(f"{place.url}/p/{code}")
    browser.await_element("form[data-open]")
    scene.show(browser, "pay-code-en")
    place.run("request", "cancel", code, "--as", "boulangerie-martin", "--yes")
    browser.await_text("This request was cancelled")
    scene.show(browser, "pay-code-cancelled-en")


@scenario("in English: a till from its token to paid, with the payer's page beside it")
def till(scene):
    browser, payer, place = scene.browser("till-en", language="en"), scene.browser("alice-en"), scene.place
    browser.go(f"{place.url}/till?lang=en")
    browser.await_element("textarea")
    scene.show(browser, "till-setup-en")
    browser.run("document.querySelector('textarea').value = arguments[0]", add_till(scene, "english"))
    browser.click("form button.main")
    browser.await_element(".keys")
    browser.keys("1", "2")
    browser.await_text("0.12 MEL", "output")
    scene.show(browser, "till-amount-en")
    browser.keys("Backspace", "Backspace")
    code = ask(browser, "12")
    scene.show(browser, "till-waiting-en")
    payer.go(f"{place.url}/p/{code}?lang=en")
    payer.await_element("form[data-open]")
    scene.show(payer, "pay-request-en")
    browser.await_text("The customer is looking at it")
    scene.show(browser, "till-claimed-en")
    place.kill()
    browser.await_element("[data-away]")
    scene.show(browser, "till-away-en")
    place.serve()
    browser.await_(lambda: not browser.find("[data-away]"), "the banner's end")
    payer.click("form button.main")
    payer.await_text("Paid", "h1")
    scene.show(payer, "pay-request-paid-en")
    browser.await_text("Paid", "h1")
    scene.show(browser, "till-paid-en")
    browser.click(".outcome")
    payer.go(f"{place.url}/p/{code}")
    payer.await_text(code)
    scene.show(payer, "pay-code-paid-before-en")
    for one in (browser, payer):
        one.console()


@scenario("in English: requests that were cancelled, have expired, are beyond the funds, or met without a key")
def requests(scene):
    browser, payer, place = scene.browser("till-en"), scene.browser("alice-en"), scene.place
    code = ask(browser, "99999900")
    payer.go(f"{place.url}/p/{code}")
    payer.click("form button.main")
    payer.await_element("[data-code=insufficient-funds]")
    scene.show(payer, "pay-request-refused-en")
    visitor = scene.browser("visitor-en", language="en")
    visitor.go(f"{place.url}/p/{code}?lang=en")
    visitor.await_text(f"carnet pay {code}")
    scene.show(visitor, "pay-code-without-key-en")
    scene.close("visitor-en")
    browser.press("Cancel")
    browser.await_element(".keys")
    payer.go(f"{place.url}/p/{code}")
    payer.await_text("cancelled")
    scene.show(payer, "pay-request-cancelled-en")
    payer.go(f"{place.url}/p/{scene.expiring}")
    payer.await_text("expired")
    scene.show(payer, "pay-request-expired-en")


@scenario("in English: sales, a refund with its reason, reports, card and settings")
def desk(scene):
    browser, place = scene.browser("till-en"), scene.place
    browser.press("Sales", "nav button")
    browser.await_element(".sales button")
    scene.show(browser, "till-sales-en")
    number = browser.run("return document.querySelector('.sales button').getAttribute('aria-label').split(' ').pop()")
    browser.press(f"Refund {number}")
    browser.await_text(f"carnet refund {number}")
    scene.show(browser, "till-refund-explained-en")
    scene.bring_key(browser, "boulangerie-martin")
    browser.go(f"{place.url}/till")
    browser.press("Sales", "nav button")
    browser.press(f"Refund {number}")
    field(browser, "amount", "0.05")
    browser.type("input[name=reason]", "item returned")
    scene.show(browser, "till-refund-en")
    browser.click("form button.main")
    browser.await_text("Given back", "h1")
    scene.show(browser, "till-refunded-en")
    browser.click(".outcome button.main")
    browser.await_text("refund of")
    browser.press("Reports", "nav button")
    browser.await_text("X report")
    scene.show(browser, "till-report-en")
    browser.press("Close (Z)")
    browser.press("Close for good")
    browser.await_text("Z 1")
    scene.show(browser, "till-closes-en")
    browser.press("Counter card", "nav button")
    browser.await_(lambda: browser.run("return document.querySelector('.qr img')?.naturalWidth > 0"), "the card's code")
    scene.show(browser, "till-card-en")
    browser.press("Settings", "nav button")
    browser.await_text("Cashier")
    scene.show(browser, "till-settings-en")
    # A part of the sale went back, with the reason in the statement of the one who gave.
    told = json.loads(place.run("statement", "boulangerie-martin", "--as", "boulangerie-martin", "--json"))["lines"][-1]
    assert (told["amount"], told["memo"]) == (-5, "item returned"), told


@scenario("in English: an invitation from the name to the account")
def joining(scene):
    place, browser = scene.place, scene.browser("max-en", language="en")
    made = json.loads(place.run("invite", "Max Frost", "--as", "marie", "--json"))
    browser.go(f"{made['link']}?lang=en")
    browser.await_element("input[name=handle]")
    field(browser, "handle", "max!")
    browser.click("form button.main")
    browser.await_element("[role=alert]")
    scene.show(browser, "join-handle-en")
    field(browser, "handle", "max")
    browser.click("form button.main")
    browser.await_element(".words li")
    browser.click("input[name=written]")
    browser.click("form button.main")
    browser.await_(lambda: "waiting" in place.run("invite", "list", "--as", "marie", "--json"), "the note at the place")
    place.run("invite", "accept", made["id"], "--as", "marie", "--yes")
    browser.await_text("You are a member")
    scene.show(browser, "join-joined-en")
    browser.go(f"{place.url}/me")
    browser.await_text("Max Frost", "h1")
    scene.show(browser, "join-me-en")
    other = json.loads(place.run("invite", "Eve Frost", "--as", "marie", "--json"))["link"]
    browser.go(other)
    browser.await_(lambda: re.search(r"\bkey\b", browser.text() or ""), "that there is a key")
    scene.show(browser, "join-has-key-en")
    scene.close("max-en")
    visitor = scene.browser("nobody-en", language="en")
    visitor.go(re.sub(r"[^/]+$", "A" * 43, other))
    visitor.await_element("h1")
    scene.show(visitor, "join-unknown-en")
    scene.close("nobody-en")


@scenario("in French: a refusal, a time that is over, no Ed25519, an invitation withdrawn")
def french(scene):
    place, payer = scene.place, scene.browser("alice-en")
    payer.go(f"{place.url}/p/boulangerie-martin?lang=fr")
    field(payer, "amount", "99999")
    payer.press("Continuer")
    payer.press("Payer 99 999,00 MEL")
    payer.await_text("Non payé", "h1")
    scene.show(payer, "pay-refused-fr")
    till = scene.browser("till-en")
    till.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = window.fetch;
      window.fetch = async (path, options) => {
        const answer = await real(path, options);
        if (!window.isOver || !String(path).startsWith('/v1/requests/')) return answer;
        return new Response(JSON.stringify({ ...(await answer.json()), state: 'expired' }), { headers: { 'Content-Type': 'application/json' } });
      };""")
    till.go(f"{place.url}/till?lang=fr")
    ask(till, "13")
    till.run("window.isOver = true")
    till.await_text("Expiré", "h1")
    scene.show(till, "till-expired-fr")
    bare = scene.browser("bare-fr", language="fr")
    link = json.loads(place.run("invite", "Line Roux", "--as", "marie", "--json"))
    bare.go(f"{link['link']}?lang=fr")
    bare.press("Faire ma clé")
    bare.await_element(".words li")
    bare.click("input[name=written]")
    bare.press("Demander à devenir membre")
    bare.await_text("En attente de l’association")
    place.run("invite", "withdraw", link["id"], "--as", "marie")
    bare.await_text("Cette invitation a été retirée")
    scene.show(bare, "join-withdrawn-fr")
    scene.close("bare-fr")
    bare = scene.browser("bare-fr", language="fr")
    bare.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = crypto.subtle.generateKey.bind(crypto.subtle);
      crypto.subtle.generateKey = (name, ...rest) => name === 'Ed25519'
        ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(name, ...rest);""")
    link = json.loads(place.run("invite", "Luc Roux", "--as", "marie", "--json"))
    for address, name in [(f"{place.url}/me", "me-no-ed25519-fr"), (link["link"], "join-no-ed25519-fr")]:
        bare.go(f"{address}?lang=fr")
        bare.await_text("Ed25519")
        scene.show(bare, name)
    place.run("invite", "withdraw", link["id"], "--as", "marie")
    scene.close("bare-fr")


def pictures(scene):
    """The names of the pictures of this run, without the last word where that is a language."""
    names = {one.stem for one in scene.pictures.glob("*.png") if one.stat().st_mtime >= scene.began}
    return {language: {re.sub(rf"-{language}(-dark)?$", "", name) for name in names if re.search(rf"-{language}(-dark)?$", name)}
            for language in ("fr", "en")}


@scenario("every state has its picture in both languages")
def both(scene):
    found = pictures(scene)
    assert len(found["fr"]) > 30, found
    assert found["fr"] == found["en"], found["fr"] ^ found["en"]
