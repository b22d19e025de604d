extension Phrase {
  package static let errorUnknownCommand = Phrase(
    "there is no command \"{0}\"", fr: "il n’y a pas de commande «\u{202F}{0}\u{202F}»")
  package static let errorUnknownOption = Phrase(
    "there is no option \"{0}\" here", fr: "il n’y a pas d’option «\u{202F}{0}\u{202F}» ici")
  package static let hintDidYouMean = Phrase("did you mean: {0}", fr: "vouliez-vous dire\u{A0}: {0}")
  package static let hintSeeHelp = Phrase("see: {0}", fr: "voyez\u{A0}: {0}")
  package static let errorOptionTwice = Phrase(
    "{0} is given twice, or beside one that excludes it",
    fr: "{0} est donné deux fois, ou avec une option qui l’exclut")
  package static let errorFlagWithValue = Phrase("{0} takes no value", fr: "{0} ne prend pas de valeur")
  package static let errorValueMissing = Phrase("{0} needs a value", fr: "{0} demande une valeur")
  package static let errorOperandMissing = Phrase("{0} is missing", fr: "il manque {0}")
  package static let errorOperandTooMany = Phrase(
    "\"{0}\" is one too many", fr: "«\u{202F}{0}\u{202F}» est de trop")
  package static let errorOptionMissing = Phrase("{0} is missing", fr: "il manque {0}")
  package static let hintReason = Phrase(
    "a refund says why, in a few words: --reason \"item returned\"",
    fr: "un remboursement dit pourquoi, en quelques mots\u{A0}: --reason \"article rendu\"")
  package static let errorValue = Phrase(
    "the value of {0} is not allowed", fr: "la valeur de {0} n’est pas permise")
  package static let errorSelfTest = Phrase(
    "the cryptographic library does not give the published results: nothing is done",
    fr: "la bibliothèque de chiffrement ne donne pas les résultats publiés\u{A0}: rien n’est fait")
  package static let errorBug = Phrase("a fault of the program: {0}", fr: "une faute du programme\u{A0}: {0}")
  package static let errorNoHome = Phrase(
    "neither CARNET_HOME nor HOME is set", fr: "ni CARNET_HOME ni HOME n’est défini")
  package static let errorNoLedger = Phrase("no ledger is named", fr: "aucun registre n’est indiqué")
  package static let hintNoLedger = Phrase(
    "give --ledger FILE or --ledger http://127.0.0.1:8390, or set CARNET_LEDGER",
    fr: "donnez --ledger FICHIER ou --ledger http://127.0.0.1:8390, ou définissez CARNET_LEDGER")
  package static let errorNeedsFile = Phrase(
    "this works on a file, not on an address", fr: "cela se fait sur un fichier, pas sur une adresse")
  package static let errorAddress = Phrase(
    "\"{0}\" is not an address", fr: "«\u{202F}{0}\u{202F}» n’est pas une adresse")
  package static let errorInsecure = Phrase(
    "plain http is for this machine only: {0}",
    fr: "http sans chiffrement ne sert que sur cette machine\u{A0}: {0}")
  package static let errorUnreachable = Phrase(
    "the ledger cannot be reached ({0}); nothing was sent",
    fr: "le registre est injoignable ({0})\u{202F}; rien n’a été envoyé")
  package static let hintUnreachable = Phrase(
    "is the address right, does the endpoint run, is its certificate valid? then run the same command again",
    fr:
      "l’adresse est-elle juste, le service tourne-t-il, son certificat est-il valable\u{202F}? puis relancez la même commande"
  )
  package static let errorOutcomeUnknown = Phrase(
    "whether it was recorded is not known ({0})",
    fr: "on ne sait pas si c’est inscrit ({0})")
  package static let hintOutcomeUnknown = Phrase(
    "run the same command again: nobody pays twice",
    fr: "relancez la même commande\u{A0}: personne ne paie deux fois")
  package static let errorStillUnknown = Phrase(
    "what became of note {0} is still not known, so no new payment was made",
    fr: "on ne sait toujours pas ce qu’est devenue la note {0}\u{A0}: aucun nouveau paiement n’a été fait")
  package static let errorBadAnswer = Phrase(
    "the ledger’s answer does not hold: {0}", fr: "la réponse du registre ne tient pas\u{A0}: {0}")
  package static let errorNotPaid = Phrase(
    "the waiting payment was not made: {0}", fr: "le paiement en attente n’a pas été fait\u{A0}: {0}")
  package static let hintAgain = Phrase(
    "to pay now: the same command with --again",
    fr: "pour payer maintenant\u{A0}: la même commande avec --again")
  package static let errorNothingPending = Phrase(
    "no such payment waits", fr: "aucun paiement de ce genre n’attend")
  package static let errorExposed = Phrase(
    "others may read or write {0}", fr: "d’autres peuvent lire ou écrire {0}")
  package static let hintChmod = Phrase("chmod 600 {0}", fr: "chmod 600 {0}")
  package static let errorKeyExists = Phrase(
    "there is a key already: {0}", fr: "il y a déjà une clé\u{A0}: {0}")
  package static let errorKeyMalformed = Phrase(
    "the key file is missing or not of its form", fr: "le fichier de clé manque ou est mal formé")
  package static let errorWalletDamaged = Phrase(
    "a file of the wallet is not of its form: {0}", fr: "un fichier du portefeuille est mal formé\u{A0}: {0}")
  package static let errorSystem = Phrase(
    "reading or writing {0} failed (system error {1})",
    fr: "lecture ou écriture de {0} impossible (erreur système {1})")
  package static let errorFileUnreadable = Phrase("cannot read {0}", fr: "impossible de lire {0}")
  package static let errorFileUnwritable = Phrase("cannot write {0}", fr: "impossible d’écrire {0}")
  package static let errorLedgerKeyChanged = Phrase(
    "this ledger shows another key than before; before: {0}; now: {1}",
    fr: "ce registre montre une autre clé qu’avant\u{202F}; avant\u{A0}: {0}\u{202F}; maintenant\u{A0}: {1}")
  package static let errorNameChanged = Phrase(
    "{0} was {1} before and is {2} now", fr: "{0} était {1} et est maintenant {2}")
  package static let hintNameChanged = Phrase(
    "do not pay; ask the person or the association by another way",
    fr: "ne payez pas\u{202F}; demandez à la personne ou à l’association par un autre moyen")
  package static let errorPassphraseMissing = Phrase(
    "the key is locked and there is nobody to ask for its passphrase",
    fr: "la clé est verrouillée et il n’y a personne à qui demander sa phrase secrète")
  package static let hintPassphraseMissing = Phrase(
    "run it at a terminal, or give --passphrase-file or --passphrase-fd",
    fr: "lancez-la dans un terminal, ou donnez --passphrase-file ou --passphrase-fd")
  package static let errorPassphraseWrong = Phrase(
    "the passphrase is wrong", fr: "la phrase secrète est fausse")
  package static let errorPassphraseEmpty = Phrase(
    "the passphrase is empty", fr: "la phrase secrète est vide")
  package static let hintNoPassphrase = Phrase(
    "to do without: --no-passphrase", fr: "pour s’en passer\u{A0}: --no-passphrase")
  package static let errorPassphrasesDiffer = Phrase(
    "the two passphrases differ", fr: "les deux phrases diffèrent")
  package static let errorTooLong = Phrase("that is too long", fr: "c’est trop long")
  package static let errorNoTerminal = Phrase(
    "there is nobody to ask", fr: "il n’y a personne à qui demander")
  package static let hintYes = Phrase("answer beforehand with --yes", fr: "répondez d’avance par --yes")
  package static let errorCancelled = Phrase("cancelled, nothing was done", fr: "annulé, rien n’a été fait")
  package static let errorWhichMember = Phrase(
    "more than one of your keys belongs to this ledger",
    fr: "plusieurs de vos clés appartiennent à ce registre")
  package static let hintWhichMember = Phrase(
    "say which one with --as HANDLE", fr: "dites laquelle par --as IDENTIFIANT")
  package static let errorNotEnrolled = Phrase(
    "your key is not enrolled in this ledger", fr: "votre clé n’est pas inscrite dans ce registre")
  package static let hintNotEnrolled = Phrase(
    "give an officer your public key: carnet key list",
    fr: "donnez votre clé publique à un responsable\u{A0}: carnet key list")
  package static let errorNoKey = Phrase(
    "there is no key here to act with", fr: "il n’y a pas de clé ici pour agir")
  package static let hintNoKey = Phrase(
    "make one: carnet key new HANDLE", fr: "créez-en une\u{A0}: carnet key new IDENTIFIANT")
  package static let errorUnknownHandle = Phrase(
    "nobody here is called \"{0}\"", fr: "personne ici ne s’appelle «\u{202F}{0}\u{202F}»")
  package static let hintUnknownHandle = Phrase(
    "check the spelling, or use the number", fr: "vérifiez l’orthographe, ou utilisez le numéro")
  package static let errorBadMember = Phrase(
    "\"{0}\" is neither a number nor a handle",
    fr: "«\u{202F}{0}\u{202F}» n’est ni un numéro ni un identifiant")
  package static let errorWhichCurrency = Phrase(
    "there is more than one currency", fr: "il y a plusieurs monnaies")
  package static let errorUnknownCurrency = Phrase(
    "there is no currency \"{0}\"", fr: "il n’y a pas de monnaie «\u{202F}{0}\u{202F}»")
  package static let errorAmount = Phrase(
    "\"{0}\" is not an amount", fr: "«\u{202F}{0}\u{202F}» n’est pas un montant")
  package static let errorAmountAmbiguous = Phrase(
    "\"{0}\" could be thousands or a fraction",
    fr: "«\u{202F}{0}\u{202F}» peut être des milliers ou une fraction")
  package static let errorAmountPrecise = Phrase(
    "\"{0}\" has more than {1} decimals", fr: "«\u{202F}{0}\u{202F}» a plus de {1} décimales")
  package static let errorAmountRange = Phrase(
    "\"{0}\" is zero or too large", fr: "«\u{202F}{0}\u{202F}» est nul ou trop grand")
  package static let hintAmount = Phrase(
    "write 12, 12,50 or 12.50, with spaces between thousands; for time 1h30 or 90",
    fr: "écrivez 12, 12,50 ou 12.50, avec des espaces entre les milliers\u{202F}; pour le temps 1h30 ou 90")
  package static let errorHandle = Phrase(
    "\"{0}\" is not a handle", fr: "«\u{202F}{0}\u{202F}» n’est pas un identifiant")
  package static let hintHandle = Phrase(
    "2 to 32 of a-z, 0-9 and -, beginning with a letter, and not a number or a code",
    fr: "2 à 32 parmi a-z, 0-9 et -, une lettre en tête, et ni un numéro ni un code")
  package static let errorOrigin = Phrase("the origin is not of its form", fr: "l’origine est mal formée")
  package static let hintOrigin = Phrase(
    "for example mel.example/lille: lower case, a dot in the first part",
    fr: "par exemple mel.example/lille\u{A0}: minuscules, un point dans la première partie")
  package static let errorCurrencyCode = Phrase(
    "a code is 2 to 12 of A-Z and 0-9, beginning with a letter, and not EUR",
    fr: "un code a 2 à 12 signes parmi A-Z et 0-9, une lettre en tête, et n’est pas EUR")
  package static let errorCurrency = Phrase(
    "kind, scale or name are not allowed: backed currencies have 2 decimals, mutual ones 0 to 6",
    fr:
      "le genre, les décimales ou le nom ne conviennent pas\u{A0}: 2 décimales pour backed, 0 à 6 pour mutual"
  )
  package static let errorSetting = Phrase(
    "there is no setting \"{0}\"", fr: "il n’y a pas de réglage «\u{202F}{0}\u{202F}»")
  package static let errorRole = Phrase(
    "roles are officer, auditor, teller, or - for none",
    fr: "les rôles sont officer, auditor, teller, ou - pour aucun")
  package static let errorEuroAccount = Phrase(
    "euro accounts are reserve, fees and outside", fr: "les comptes en euros sont reserve, fees et outside")
  package static let errorDraft = Phrase(
    "{0} is not a draft of a note", fr: "{0} n’est pas un brouillon de note")
  package static let errorVerifierKey = Phrase(
    "this is not a verifier key", fr: "ce n’est pas une clé de vérification")
  package static let errorReceipt = Phrase(
    "the receipt does not hold: {0}", fr: "le reçu ne tient pas\u{A0}: {0}")
  package static let errorWordCount = Phrase(
    "there must be 24 words, not {0}", fr: "il faut 24 mots, pas {0}")
  package static let errorWordUnknown = Phrase(
    "word {0} is not in the list", fr: "le mot {0} n’est pas dans la liste")
  package static let errorWordChecksum = Phrase(
    "the words do not belong together: one is wrong, or two are swapped",
    fr: "les mots ne vont pas ensemble\u{A0}: l’un est faux, ou deux sont intervertis")
  package static let errorListen = Phrase(
    "cannot listen at {0}: {1}", fr: "impossible d’écouter à {0}\u{A0}: {1}")
}
