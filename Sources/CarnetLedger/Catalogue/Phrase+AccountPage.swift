/// What the page of one's own account says.
extension Phrase {
  package static let pageBalance = Phrase("Balance", fr: "Solde")
  package static let pageStatementOf = Phrase("Statement, {0}", fr: "Relevé, {0}")
  package static let pageTime = Phrase("Date", fr: "Date")
  package static let pageWith = Phrase("What", fr: "Quoi")
  package static let pageLinePaid = Phrase("paid to {0}", fr: "payé à {0}")
  package static let pageLineReceived = Phrase("received from {0}", fr: "reçu de {0}")
  package static let pageLineReversal = Phrase("reversal, {0}", fr: "annulation, {0}")
  package static let pageLineChange = Phrase("euros changed", fr: "euros changés")
  package static let pageLineReconversion = Phrase("reconverted to euros", fr: "reconverti en euros")
  package static let pageOffline = Phrase(
    "No network: this is what was known on {0}.", fr: "Pas de réseau\u{A0}: voici ce qu’on savait le {0}.")
  package static let pageSettledPaid = Phrase(
    "A payment that waited went through: {0}", fr: "Un paiement en attente a abouti\u{A0}: {0}")
  package static let pageSettledRefused = Phrase(
    "A payment that waited was not made: {0}. {1}",
    fr: "Un paiement en attente n’a pas été fait\u{A0}: {0}. {1}")
  package static let pageSettledUnknown = Phrase(
    "A payment still waits, its outcome is not known: {0}",
    fr: "Un paiement attend encore, son issue n’est pas connue\u{A0}: {0}")
  package static let pageReceipts = Phrase("Receipts", fr: "Reçus")
  package static let pageReceiptsWhy = Phrase(
    "Kept in this browser, and checked against the ledger’s key.",
    fr: "Gardés dans ce navigateur, et vérifiés avec la clé du registre.")
  package static let pageNoReceipts = Phrase("None yet.", fr: "Aucun pour l’instant.")
  package static let pageCheckReceipt = Phrase("Check", fr: "Vérifier")
  package static let pageReceiptValid = Phrase(
    "Valid: record {0}, within the first {1}.",
    fr: "Valable\u{A0}: enregistrement {0}, parmi les {1} premiers.")
  package static let pageKeyTitle = Phrase("The key of this browser", fr: "La clé de ce navigateur")
  package static let pageKeyWhy = Phrase(
    "It signs here and cannot be taken out. Clearing the site’s data loses it: keep the recovery words where there are some.",
    fr:
      "Elle signe ici et ne peut pas en sortir. Effacer les données du site la perd\u{A0}: gardez les mots de secours s’il y en a."
  )
  package static let pagePublicKey = Phrase("Public key", fr: "Clé publique")
  package static let pageRemoveKey = Phrase(
    "Remove the key from this browser", fr: "Retirer la clé de ce navigateur")
  package static let pageRemoveKeyAsk = Phrase(
    "Remove the key from this browser? Without its recovery words it is lost.",
    fr: "Retirer la clé de ce navigateur\u{202F}? Sans ses mots de secours, elle est perdue.")
  package static let pageWelcome = Phrase(
    "Here a member of {0} sees balance, statement and receipts. This browser has no key yet.",
    fr: "Ici un membre de {0} voit son solde, son relevé et ses reçus. Ce navigateur n’a pas encore de clé.")
  package static let pageImportTitle = Phrase("I have 24 recovery words", fr: "J’ai 24 mots de secours")
  package static let pageRecoveryWords = Phrase("Recovery words", fr: "Mots de secours")
  package static let pageRecoveryWordsHint = Phrase(
    "The 24 words that carnet printed with the key. They never leave this browser and are forgotten once the key is in.",
    fr:
      "Les 24 mots que carnet a affichés avec la clé. Ils ne quittent pas ce navigateur et sont oubliés dès que la clé est là."
  )
  package static let pageImportKey = Phrase("Bring the key in", fr: "Apporter la clé")
  package static let pageWordsCount = Phrase("There must be 24 words.", fr: "Il faut 24 mots.")
  package static let pageWordsUnknown = Phrase(
    "Word {0} is not in the list.", fr: "Le mot {0} n’est pas dans la liste.")
  package static let pageWordsChecksum = Phrase(
    "These words do not belong together: one is wrong, or two are swapped.",
    fr: "Ces mots ne vont pas ensemble\u{A0}: l’un est faux, ou deux sont échangés.")
  package static let pageKeyUnknown = Phrase(
    "Nobody here has this key.", fr: "Personne ici n’a cette clé.")
  package static let pageJoinTitle = Phrase("I am not a member yet", fr: "Je ne suis pas encore membre")
  package static let pageJoinWhy = Phrase(
    "Ask the association for an invitation: its link, opened in this browser, makes your key here and brings you in.",
    fr:
      "Demandez une invitation à l’association\u{A0}: son lien, ouvert dans ce navigateur, fait votre clé ici et vous fait entrer."
  )
}
