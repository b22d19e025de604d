"""Scenarios of invitations: joining in a browser, and links that open nothing."""
import json
import re

from suite import scenario


def invite(place, *arguments):
    """Invites as Marie and gives the link and the invitation's id."""
    made = json.loads(place.run("invite", *arguments, "--as", "marie", "--json"))
    return made["link"], made["id"]


def accept(place, identity):
    return place.run("invite", "accept", identity, "--as", "marie", "--yes")


def narrow(browser):
    """No line is wider than a phone of 320 pixels."""
    browser.cdp("Emulation.setDeviceMetricsOverride", width=320, height=700, deviceScaleFactor=1, mobile=False)
    wide = browser.run("return document.documentElement.scrollWidth")
    browser.cdp("Emulation.setDeviceMetricsOverride", width=420, height=900, deviceScaleFactor=1, mobile=False)
    assert wide <= 320, wide


@scenario("somebody joins on a phone: name, words, waiting, accepted, balance 0, then is paid and pays")
def join(scene):
    place = scene.place
    link, identity = invite(place, "Zoé Durand")
    phone = scene.browser("zoe")
    asked = place.run("request", "new", "2", "--as", "boulangerie-martin", "--yes")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", asked).group(0)
    phone.go(f"{place.url}/p/{code}")
    phone.await_text("invitation de l’association")
    phone.go(link)
    phone.await_text("Mel de Lille invite Zoé Durand à devenir membre")
    assert phone.run("return document.querySelector('input[name=handle]').value") == "zoe-durand"
    scene.show(phone, "join-ask-fr")
    narrow(phone)
    phone.run("document.querySelector('input[name=handle]').value = ''")
    phone.type("input[name=handle]", "alice")
    phone.press("Faire ma clé")
    phone.await_text("Quelqu’un a déjà ce nom")
    phone.run("document.querySelector('input[name=handle]').value = ''")
    phone.type("input[name=handle]", "zoé!")
    phone.press("Faire ma clé")
    phone.await_text("Ce n’est pas un nom possible")
    scene.show(phone, "join-handle-fr")
    phone.run("document.querySelector('input[name=handle]').value = ''")
    phone.type("input[name=handle]", "zoe")
    phone.press("Faire ma clé")
    phone.await_text("Notez ces mots")
    assert len(phone.find(".words li")) == 24
    scene.show(phone, "join-words-fr")
    narrow(phone)
    # Nothing is asked before the words are written down.
    phone.press("Demander à devenir membre")
    assert "Notez ces mots" in phone.text()
    phone.click("input[name=written]")
    phone.press("Demander à devenir membre")
    phone.await_text("En attente de l’association")
    shown = phone.text(".fingerprint")
    scene.show(phone, "join-waiting-fr")
    narrow(phone)
    # The page is opened again: the same key, the same note.
    phone.go(link)
    phone.await_text("En attente de l’association")
    assert phone.text(".fingerprint") == shown
    said = accept(place, identity)
    phone.await_text("Vous êtes membre")
    assert json.loads(place.run("invite", "list", "--as", "marie", "--json"))[0]["state"] == "joined", said
    scene.show(phone, "join-joined-fr")
    phone.press("Revenir payer")
    phone.await_text("Boulangerie Martin")
    phone.go(f"{place.url}/me")
    phone.await_text("Zoé Durand", "h1")
    phone.await_text("0,00 MEL", ".balance")
    scene.show(phone, "join-me-fr")
    place.run("change", "zoe", "10", "MEL", "--reference", "VIR 77", "--as", "marie")
    phone.go(f"{place.url}/p/{code}")
    phone.press("Payer 2,00 MEL")
    phone.await_text("Payé", "h1")
    phone.go(f"{place.url}/me")
    phone.await_text("8,00 MEL", ".balance")
    extractable = phone.run("""
      const { identity } = await import('/assets/wallet.js');
      const { privateKey } = await identity();
      return privateKey.extractable;""")
    assert extractable is False
    assert [row for row in phone.console() if "404" not in row and "409" not in row] == []


@scenario("a link that was used, has expired, was withdrawn or never was is told in plain words, in both languages")
def ended(scene):
    place, visitor = scene.place, scene.browser("guest")
    link, identity = invite(place, "Yann Petit")
    used = scene.browser("yann")
    used.go(f"{link}?lang=en")
    used.await_text("Mel de Lille invites Yann Petit")
    scene.show(used, "join-ask-en")
    used.press("Make my key")
    used.await_text("Write these words down")
    scene.show(used, "join-words-en")
    used.click("input[name=written]")
    used.press("Ask to join")
    used.await_text("Waiting for the association")
    scene.show(used, "join-waiting-en")
    visitor.go(f"{link}?lang=fr")
    visitor.await_text("Cette invitation a déjà servi")
    scene.show(visitor, "join-used-fr")
    visitor.go(f"{link}?lang=en")
    visitor.await_text("This invitation has been used")
    scene.show(visitor, "join-used-en")
    # Whoever waits is told when the association says no.
    place.run("invite", "withdraw", identity, "--as", "marie")
    used.await_text("This invitation was withdrawn")
    scene.show(used, "join-withdrawn-en")
    scene.close("yann")
    link, _ = invite(place, "Xavier Roux", "--expires", "60s")
    visitor.go(f"{place.url}/join/{'A' * 43}?lang=fr")
    visitor.await_text("Il n’y a pas d’invitation à cette adresse")
    scene.show(visitor, "join-unknown-fr")
    # What the page makes of an invitation whose time is over, without a minute of waiting.
    visitor.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = window.fetch;
      window.fetch = async (path, options) => {
        const answer = await real(path, options);
        if (!String(path).startsWith('/v1/invitations/')) return answer;
        const body = { ...(await answer.json()), state: 'expired', name: null };
        return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });
      };""")
    for language, words in [("fr", "Cette invitation a expiré"), ("en", "This invitation has expired")]:
        visitor.go(f"{link}?lang={language}")
        visitor.await_text(words)
        scene.show(visitor, f"join-expired-{language}")
    scene.close("guest")


@scenario("the page of an invitation sends its token nowhere but to its own address")
def quiet(scene):
    place, browser = scene.place, scene.browser("quiet")
    link, identity = invite(place, "Walid Noir")
    browser.go(link)
    browser.await_text("Walid Noir")
    token = link.rsplit("/", 1)[1]
    seen = browser.run("""
      return { policy: (await fetch(location.pathname)).headers.get('referrer-policy'),
        loaded: performance.getEntriesByType('resource').map((one) => one.name) };""")
    assert seen["policy"] == "no-referrer", seen
    own = [name for name in seen["loaded"] if token in name]
    allowed = (f"{place.url}/v1/invitations/{token}", link)
    assert all(name in allowed for name in own), own
    assert all(name.startswith(place.url) for name in seen["loaded"]), seen
    browser.press("English", "a")
    browser.await_text("invites Walid Noir")
    assert browser.run("return document.referrer") == ""
    assert token not in (place.folder / "serve.log").read_text()
    place.run("invite", "withdraw", identity, "--as", "marie")
    scene.close("quiet")


@scenario("a browser that has a key, or no Ed25519, joins nobody and says why")
def cannot(scene):
    place = scene.place
    link, identity = invite(place, "Victor Lang")
    alice = scene.browser("alice")
    alice.go(f"{link}?lang=fr")
    alice.await_text("a déjà la clé d’un membre")
    scene.show(alice, "join-has-key-fr")
    bare = scene.browser("bare")
    bare.cdp("Page.addScriptToEvaluateOnNewDocument", source="""
      const real = crypto.subtle.generateKey.bind(crypto.subtle);
      crypto.subtle.generateKey = (name, ...rest) => name === 'Ed25519'
        ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(name, ...rest);""")
    bare.go(f"{link}?lang=en")
    bare.await_text("cannot sign with Ed25519")
    scene.show(bare, "join-no-ed25519-en")
    scene.close("bare")
    place.run("invite", "withdraw", identity, "--as", "marie")
