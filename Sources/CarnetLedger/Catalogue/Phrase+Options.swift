extension Phrase {
  package static let optionLedger = Phrase(
    "the ledger: a file or an address", fr: "le registre\u{A0}: un fichier ou une adresse")
  package static let optionAs = Phrase("act as this handle", fr: "agir sous cet identifiant")
  package static let optionJSON = Phrase("print JSON", fr: "écrire du JSON")
  package static let optionLang = Phrase("the language", fr: "la langue")
  package static let optionYes = Phrase("do not ask", fr: "ne pas demander")
  package static let optionNoInput = Phrase(
    "never ask, fail instead", fr: "ne jamais demander, échouer plutôt")
  package static let optionPassphraseFile = Phrase(
    "read the passphrase from the first line of a file",
    fr: "lire la phrase secrète sur la première ligne d’un fichier")
  package static let optionPassphraseFD = Phrase(
    "read the passphrase from an open descriptor", fr: "lire la phrase secrète sur un descripteur ouvert")
  package static let optionHelp = Phrase("show this help", fr: "afficher cette aide")
  package static let optionMemo = Phrase(
    "a text for the payee, kept outside the log", fr: "un mot pour le bénéficiaire, gardé hors du journal")
  package static let optionAgain = Phrase(
    "pay once more although the same was just settled",
    fr: "payer encore, bien que le même paiement vienne d’aboutir")
  package static let optionCancel = Phrase(
    "take back the waiting payment instead", fr: "annuler plutôt le paiement en attente")
  package static let optionAt = Phrase(
    "as it was at a record or a date", fr: "tel qu’il était à un enregistrement ou une date")
  package static let optionCurrency = Phrase("the currency", fr: "la monnaie")
  package static let optionSince = Phrase("from this date on", fr: "à partir de cette date")
  package static let optionUntil = Phrase("up to this date", fr: "jusqu’à cette date")
  package static let optionReason = Phrase("why, kept outside the log", fr: "le motif, gardé hors du journal")
  package static let optionDraft = Phrase(
    "write the note to a file for others to sign", fr: "écrire la note dans un fichier que d’autres signeront"
  )
  package static let optionNoPassphrase = Phrase(
    "leave the key file open to whoever can read it",
    fr: "laisser le fichier de clé ouvert à qui peut le lire")
  package static let optionReference = Phrase(
    "the reference of the bank transfer", fr: "la référence du virement")
  package static let optionWordsFile = Phrase(
    "read the 24 words from a file", fr: "lire les 24 mots dans un fichier")
  package static let optionUse = Phrase("what the key may sign (pay)", fr: "ce que la clé peut signer (pay)")
  package static let optionKind = Phrase("what kind of member", fr: "quel genre de membre")
  package static let optionKey = Phrase("the public key of the member", fr: "la clé publique du membre")
  package static let optionName = Phrase("the name people see", fr: "le nom affiché")
  package static let optionTown = Phrase("the town", fr: "la ville")
  package static let optionSector = Phrase("the sector", fr: "le secteur")
  package static let optionRoles = Phrase("officer, auditor, teller", fr: "officer, auditor, teller")
  package static let optionFloor = Phrase("lowest balance", fr: "solde le plus bas")
  package static let optionCeiling = Phrase("highest balance", fr: "solde le plus haut")
  package static let optionNewHandle = Phrase("the new handle", fr: "le nouvel identifiant")
  package static let optionOrigin = Phrase(
    "the name of the ledger in what it signs, e.g. mel.example/lille",
    fr: "le nom du registre dans ce qu’il signe, p. ex. mel.example/lille")
  package static let optionPlaceName = Phrase("the name of the place", fr: "le nom du lieu")
  package static let optionOfficer = Phrase(
    "the handle of the first officer", fr: "l’identifiant du premier responsable")
  package static let optionTrial = Phrase("a ledger to try things out", fr: "un registre pour essayer")
  package static let optionCurrencyKind = Phrase(
    "backed by euros, or mutual", fr: "adossée à l’euro (backed), ou entre membres (mutual)")
  package static let optionScale = Phrase("decimals", fr: "décimales")
  package static let optionCurrencyName = Phrase("the name of the currency", fr: "le nom de la monnaie")
  package static let optionStarts = Phrase(
    "in force from this date (now)", fr: "en vigueur à partir de cette date (maintenant)")
  package static let optionOut = Phrase("write to a file", fr: "écrire dans un fichier")
  package static let optionVerifierKey = Phrase(
    "the verifier key of the ledger", fr: "la clé de vérification du registre")
  package static let optionQuiet = Phrase(
    "say nothing when all is well", fr: "ne rien dire quand tout va bien")
  package static let optionTo = Phrase("where the copy goes", fr: "où va la copie")
  package static let optionDrill = Phrase(
    "only try it, then remove the copy", fr: "essayer seulement, puis retirer la copie")
  package static let optionListen = Phrase(
    "address and port (127.0.0.1:8390)", fr: "adresse et port (127.0.0.1:8390)")
  package static let optionHost = Phrase(
    "one more host name to answer for", fr: "un nom d’hôte de plus auquel répondre")
  package static let optionHeadLost = Phrase(
    "go on although FILE.head is lost", fr: "continuer bien que FILE.head soit perdu")
  package static let optionOnce = Phrase("end after the walk-through", fr: "finir après la visite")
  package static let optionThroughEndpoint = Phrase(
    "hand the notes in over HTTP", fr: "remettre les notes par HTTP")
}
