"""Scenarios of a member's own pages: keys, paying a member, reading, offline."""
import json
import re
from pathlib import Path

from suite import scenario

HERE = Path(__file__).resolve().parent


@scenario("the pages' scripts make what the ledger's code makes, byte for byte")
def vectors(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/me")
    browser.await_element("textarea")
    source = (HERE / "vectors.js").read_text()
    vectors = json.loads((HERE / "vectors.json").read_text())
    failures = browser.run(
        source + "return checkVectors(arguments[0], (name) => import(`/assets/${name}`));", vectors)
    assert failures == [], failures


@scenario("a key is brought in by its words, a wrong word is named, and the key cannot be taken out")
def key(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/me")
    browser.await_text("24 mots de secours")
    scene.show(browser, "me-welcome-fr")
    browser.type("textarea", "zzzz " + " ".join(["abandon"] * 23))
    browser.click("form button.main")
    browser.await_text("Le mot 1 n’est pas dans la liste")
    scene.bring_key(browser, "alice")
    browser.await_text("100,00 MEL")
    browser.await_text("Alice Durand", "h1")
    scene.show(browser, "me-fr")
    extractable = browser.run("""
      const { identity } = await import('/assets/wallet.js');
      const { privateKey } = await identity();
      return privateKey.extractable || await crypto.subtle.exportKey('pkcs8', privateKey).then(() => true, () => false);""")
    assert extractable is False


@scenario("a member is paid by handle: the payer types the amount, sees the balance after, gets a checked receipt")
def pay_member(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/p/boulangerie-martin")
    browser.await_text("Boulangerie Martin")
    browser.type("input[name=amount]", "1.234")
    browser.press("Continuer")
    browser.await_text("Mille ou une fraction")
    browser.run("document.querySelector('input[name=amount]').value = ''")
    browser.type("input[name=amount]", "12,5")
    browser.type("input[name=memo]", "pain")
    # As pasted from a table: what is no text becomes a space, and the memo is not dropped.
    browser.run("document.querySelector('input[name=memo]').value += '\\tau levain'")
    scene.show(browser, "pay-member-fr")
    browser.press("Continuer")
    browser.await_text("87,50 MEL", ".after")
    scene.show(browser, "pay-confirm-fr")
    browser.press("Payer 12,50 MEL")
    browser.await_text("Payé", "h1")
    browser.await_text("Le reçu a été vérifié")
    scene.show(browser, "pay-paid-fr")
    assert scene.place.balance("boulangerie-martin") == 1250
    browser.go(f"{scene.place.url}/me")
    browser.await_text("87,50 MEL")
    browser.await_text("pain au levain")
    browser.press("Vérifier")
    browser.await_text("Valable")
    assert browser.console() == []


@scenario("an answer that is lost on the way never makes a second payment")
def lost_answer(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/p/boulangerie-martin")
    browser.type("input[name=amount]", "2")
    browser.press("Continuer")
    browser.await_element("form[data-open]")
    # The note arrives, its answer does not: what the page knows is that it does not know.
    browser.lose_answers("/v1/notes")
    browser.press("Payer 2,00 MEL")
    browser.await_text("On ne sait pas encore")
    scene.show(browser, "pay-unknown-fr")
    browser.lose_no_more()
    browser.press("Redemander")
    browser.await_text("Déjà payé")
    assert scene.place.balance("boulangerie-martin") == 1450


@scenario("a second tap does nothing; funds that are missing are refused in plain words")
def refused(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/p/boulangerie-martin")
    browser.type("input[name=amount]", "1")
    browser.press("Continuer")
    browser.await_element("form[data-open]")
    browser.run("const button = document.querySelector('form button.main'); button.click(); button.click();")
    browser.await_text("Payé", "h1")
    assert scene.place.balance("boulangerie-martin") == 1550
    browser.go(f"{scene.place.url}/p/boulangerie-martin?lang=en")
    browser.type("input[name=amount]", "1000")
    browser.press("Continue")
    browser.press("Pay 1,000.00 MEL")
    browser.await_text("Not paid", "h1")
    browser.await_text("Nothing moved")
    scene.show(browser, "pay-refused-en")
    assert browser.run("return document.querySelector('[data-code]').dataset.code") == "insufficient-funds"
    browser.run("localStorage.setItem('carnet.language', 'fr')")


@scenario("without a network the account reads as it was last known")
def offline(scene):
    browser = scene.browser("alice")
    browser.go(f"{scene.place.url}/me")
    browser.await_text("84,50 MEL")
    browser.run("await navigator.serviceWorker.ready; if (!navigator.serviceWorker.controller) await new Promise((r) => navigator.serviceWorker.addEventListener('controllerchange', r, { once: true }))")
    browser.go(f"{scene.place.url}/me")
    browser.await_text("84,50 MEL")
    scene.place.kill()
    browser.go(f"{scene.place.url}/me")
    browser.await_text("Pas de réseau")
    browser.await_text("84,50 MEL")
    browser.press("Vérifier")
    browser.await_text("Valable")
    scene.show(browser, "me-offline-fr")
    scene.place.serve()
    browser.console()


@scenario("without a key the page says how to pay from the terminal, in both languages")
def without_key(scene):
    browser = scene.browser("visitor")
    for language, words in [("fr", "Depuis le terminal"), ("en", "From the terminal")]:
        browser.go(f"{scene.place.url}/p/boulangerie-martin?lang={language}")
        browser.await_text(words)
        browser.await_text("carnet pay boulangerie-martin")
        scene.show(browser, f"pay-without-key-{language}")
    browser.go(f"{scene.place.url}/p/nobody-here")
    browser.await_text("Nobody by that name or code")
    browser.go(f"{scene.place.url}/p/%3Cb%3E")
    browser.await_text("“<b>” is neither")


@scenario("a request is paid by its code; paid twice, cancelled or unknown it is told so")
def pay_code(scene):
    browser, place = scene.browser("alice"), scene.place
    asked = place.run("request", "new", "3", "--as", "boulangerie-martin", "--yes")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", asked).group(0)
    before = place.balance("boulangerie-martin")
    browser.go(f"{place.url}/p/{code}?lang=fr")
    browser.await_text("Boulangerie Martin")
    browser.await_text("3,00 MEL", ".amount")
    scene.show(browser, "pay-code-fr")
    browser.press("Payer 3,00 MEL")
    browser.await_text("Payé", "h1")
    browser.await_text(code, ".reference")
    assert place.balance("boulangerie-martin") == before + 300
    browser.go(f"{place.url}/p/{code.lower().replace('-', '')}")
    browser.await_text("Cette demande est payée")
    scene.show(browser, "pay-code-paid-before-fr")
    visitor = scene.browser("visitor")
    asked = place.run("request", "new", "4", "--as", "boulangerie-martin", "--yes")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", asked).group(0)
    visitor.go(f"{place.url}/p/{code}?lang=fr")
    visitor.await_text(f"carnet pay {code}")
    scene.show(visitor, "pay-code-without-key-fr")
    browser.go(f"{place.url}/p/{code}")
    browser.await_element("form[data-open]")
    place.run("request", "cancel", code, "--as", "boulangerie-martin", "--yes")
    browser.await_text("Cette demande a été annulée")
    scene.show(browser, "pay-code-cancelled-fr")
    browser.go(f"{place.url}/p/0000-000Z")
    browser.await_text("Personne sous ce nom ou ce code")


@scenario("a cheque that was cashed is called one on both sides")
def cheque(scene):
    browser, place = scene.browser("alice"), scene.place
    written = place.folder / "cheque.txt"
    # What has to be known to write without a network: the place, one's own number, the payee's.
    place.balance("alice")
    place.balance("boulangerie-martin")
    place.run("cheque", "write", "boulangerie-martin", "1", "--memo", "levain", "--out", str(written), "--as", "alice", "--yes")
    place.run("cheque", "cash", str(written))
    browser.go(f"{place.url}/me?lang=fr")
    browser.await_text("payé par chèque à Boulangerie Martin")
    browser.await_text("levain")
    browser.go(f"{place.url}/me?lang=en")
    browser.await_text("paid by cheque to Boulangerie Martin")
    browser.go(f"{place.url}/me?lang=fr")


@scenario("a browser without Ed25519 says so")
def no_ed25519(scene):
    browser = scene.browser("visitor")
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = crypto.subtle.generateKey.bind(crypto.subtle);
      crypto.subtle.generateKey = (name, ...rest) => name === 'Ed25519'
        ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(name, ...rest);""")
    browser.go(f"{scene.place.url}/me?lang=en")
    browser.await_text("cannot sign with Ed25519")
    scene.show(browser, "me-no-ed25519-en")
    browser.go(f"{scene.place.url}/p/boulangerie-martin")
    browser.await_text("cannot sign with Ed25519")
    scene.close("visitor")
