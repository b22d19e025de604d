extension Phrase {
  package static let demoOpen = Phrase(
    "A small place opens its books in {0}: a currency backed by euros (MEL) and a SEL (MIN).",
    fr: "Un petit lieu ouvre ses comptes dans {0}\u{A0}: une monnaie adossée à l’euro (MEL) et un SEL (MIN).")
  package static let demoMembers = Phrase(
    "A bakery and three members join, each with a key of their own: {0}.",
    fr: "Une boulangerie et trois membres entrent, chacun avec sa clé\u{A0}: {0}.")
  package static let demoChange = Phrase(
    "Euros arrive at the bank, units go out: {0} to {1}.",
    fr: "Des euros arrivent à la banque, des unités sortent\u{A0}: {0} à {1}.")
  package static let demoPay = Phrase(
    "{0} pays {1} to {2}: record {3}.", fr: "{0} paie {1} à {2}\u{A0}: enregistrement {3}.")
  package static let demoRefused = Phrase(
    "{0} tries to pay {1} and is refused: {2}.", fr: "{0} essaie de payer {1}, refusé\u{A0}: {2}.")
  package static let demoAudit = Phrase(
    "The audit replays all {0} records: {1} findings.",
    fr: "La vérification rejoue les {0} enregistrements\u{A0}: {1} anomalie.")
  package static let demoReceipt = Phrase(
    "A receipt is checked offline: record {0}, {1}.",
    fr: "Un reçu est vérifié hors ligne\u{A0}: enregistrement {0}, {1}.")
  package static let demoValid = Phrase("valid", fr: "valable")
  package static let demoInvalid = Phrase("NOT valid", fr: "PAS valable")
  package static let demoNext = Phrase(
    "The endpoint stays up at {0}. Try:", fr: "Le service reste ouvert à {0}. Essayez\u{A0}:")
  package static let demoEnd = Phrase(
    "Stop with Ctrl-C; the folder is removed.", fr: "Arrêt par Ctrl-C\u{202F}; le dossier est retiré.")
  package static let simulateLine = Phrase(
    "line {0}: {1} came out as {2}, expected {3}", fr: "ligne {0}\u{A0}: {1} a donné {2}, attendu {3}")
  package static let simulateDone = Phrase(
    "{0} events accepted, {1} refused, in {2} ms after {3} ms of making keys",
    fr: "{0} événements acceptés, {1} refusés, en {2} ms après {3} ms de création des clés")
  package static let errorScenario = Phrase(
    "the scenario is not of its form: {0}", fr: "le scénario est mal formé\u{A0}: {0}")
}
