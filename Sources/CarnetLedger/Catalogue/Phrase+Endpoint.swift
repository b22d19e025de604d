extension Phrase {
  package static let problemBusy = Phrase(
    "the ledger is busy, ask again in a moment", fr: "le registre est occupé, réessayez dans un instant")
  package static let problemClock = Phrase(
    "the ledger's clock is doubtful and it accepts nothing until an officer has looked at it",
    fr: "l’horloge du registre est douteuse, il n’accepte rien avant qu’un responsable l’ait vérifiée")
  package static let problemStopping = Phrase(
    "the ledger is being stopped, ask again in a moment",
    fr: "le registre s’arrête, réessayez dans un instant")
  package static let problemStorage = Phrase(
    "the ledger cannot write at present, nothing moved",
    fr: "le registre ne peut pas écrire en ce moment, rien n’a bougé")
  package static let problemOutcomeUnknown = Phrase(
    "whether the note was recorded is not known: send the same note again",
    fr: "on ne sait pas si la note est inscrite\u{A0}: renvoyez la même note")
  package static let problemNotFound = Phrase("there is nothing here", fr: "il n’y a rien ici")
  package static let problemMethod = Phrase(
    "this address does not know that method", fr: "cette adresse ne connaît pas cette méthode")
  package static let problemTokenMissing = Phrase(
    "this needs a token: sign an access note and exchange it at /v1/tokens",
    fr: "il faut un jeton\u{A0}: signez une note d’accès et échangez-la à /v1/tokens")
  package static let problemTokenInvalid = Phrase(
    "the token is unknown or has expired", fr: "le jeton est inconnu ou périmé")
  package static let problemForbidden = Phrase(
    "this token does not give that right", fr: "ce jeton ne donne pas ce droit")
  package static let problemUnsupportedType = Phrase(
    "the body must be text/plain or application/json",
    fr: "le corps doit être text/plain ou application/json")
  package static let problemBody = Phrase(
    "the body is not of its form: {0}", fr: "le corps est mal formé\u{A0}: {0}")
  package static let problemBodyTooLarge = Phrase(
    "the body is longer than {0} bytes", fr: "le corps dépasse {0} octets")
  package static let problemBadParameter = Phrase(
    "a parameter is unknown, repeated or not of its form",
    fr: "un paramètre est inconnu, répété ou mal formé")
  package static let problemTarget = Phrase(
    "the address is not of its form", fr: "l’adresse est mal formée")
  package static let problemHost = Phrase(
    "this endpoint does not answer for that host", fr: "ce service ne répond pas pour cet hôte")
  package static let problemAccessHost = Phrase(
    "the access note is meant for another host", fr: "la note d’accès est destinée à un autre hôte")
  package static let problemAccessUsed = Phrase(
    "this access note was used already", fr: "cette note d’accès a déjà servi")
  package static let problemAccessExpiry = Phrase(
    "the token would end in the past, or live longer than {0} days",
    fr: "le jeton finirait dans le passé, ou vivrait plus de {0} jours")
  package static let problemTooMany = Phrase(
    "too many at once, ask again in a moment", fr: "trop de demandes à la fois, réessayez dans un instant")

  package static let pageTrial = Phrase(
    "Trial ledger: nothing here is worth anything.", fr: "Registre d’essai\u{A0}: rien n’a de valeur ici.")
  package static let pageIntro = Phrase(
    "This is the ledger of {0}. Members pay each other in the place's own units; every payment is signed by the person who makes it and can be proved with a receipt.",
    fr:
      "Voici le registre de {0}. Les membres se paient dans les unités du lieu\u{A0}; chaque paiement est signé par la personne qui le fait et se prouve par un reçu."
  )
  package static let pageCurrencies = Phrase("Currencies", fr: "Monnaies")
  package static let pageCurrency = Phrase("Currency", fr: "Monnaie")
  package static let pageKind = Phrase("Kind", fr: "Genre")
  package static let pageBacked = Phrase("backed by euros", fr: "adossée à l’euro")
  package static let pageMutual = Phrase("exchange between members", fr: "échange entre membres")
  package static let pageCirculation = Phrase("In circulation", fr: "En circulation")
  package static let pageReserve = Phrase("Guarantee fund: {0}", fr: "Fonds de garantie\u{A0}: {0}")
  package static let pageMembers = Phrase(
    "{0} members, of whom {1} are businesses", fr: "{0} membres, dont {1} professionnels")
  package static let pageHowToPay = Phrase("Pay from a terminal", fr: "Payer depuis un terminal")
  package static let pageHowToCheck = Phrase("Check the books", fr: "Vérifier les comptes")
  package static let pageKeyIntro = Phrase(
    "Receipts and checkpoints are signed with this key:",
    fr: "Les reçus et les points de contrôle sont signés par cette clé\u{A0}:")
  package static let pageRecords = Phrase(
    "{0} records, root {1}", fr: "{0} enregistrements, racine {1}")
  package static let pageInterface = Phrase(
    "The interface for programs is described at {0}.",
    fr: "L’interface pour les programmes est décrite à {0}.")
  package static let pageOtherLanguage = Phrase("Français", fr: "English")
}
