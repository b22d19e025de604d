extension Phrase {
  package static let commandChequeWrite = Phrase(
    "sign a payment without any network, for the payee to cash later",
    fr: "signer un paiement sans réseau, que le bénéficiaire encaissera plus tard")
  package static let commandChequeShow = Phrase(
    "say what can be known of a cheque, without any network",
    fr: "dire ce qu’on peut savoir d’un chèque, sans réseau")
  package static let commandChequeCash = Phrase(
    "hand a cheque in: its payee is paid", fr: "encaisser un chèque\u{A0}: son bénéficiaire est payé")
  package static let commandChequeVoid = Phrase(
    "take back a cheque of yours that was not cashed",
    fr: "annuler un de vos chèques qui n’est pas encaissé")
  package static let commandChequeList = Phrase(
    "list the cheques kept here", fr: "lister les chèques gardés ici")
  package static let chequeDetails = Phrase(
    "FILE is a cheque, - reads one from standard input (a QR code that was scanned, say), and the first eight or more digits of an id find one that is kept here.\nA cheque reserves nothing: it is paid once its ledger has recorded it, if the account holds enough then. Until then it reads not yet paid.",
    fr:
      "FILE est un chèque, - en lit un sur l’entrée standard (un code QR lu, par exemple), et les huit premiers chiffres d’un identifiant, ou plus, retrouvent un chèque gardé ici.\nUn chèque ne réserve rien\u{A0}: il est payé quand son registre l’a inscrit, si le compte le permet à ce moment. Jusque-là il se lit «\u{A0}pas encore payé\u{A0}»."
  )
  package static let optionChequeExpires = Phrase(
    "how long it can be cashed: 7d, 90d at most; 30d unless given",
    fr: "combien de temps on peut l’encaisser\u{A0}: 7d, 90d au plus\u{202F}; sinon 30d")
  package static let optionChequeMemo = Phrase(
    "a text for the payee, at most 200 bytes, kept outside the log",
    fr: "un mot pour le bénéficiaire, 200 octets au plus, gardé hors du journal")
  package static let optionChequeOut = Phrase(
    "write the cheque to a file; without it the cheque goes to standard output",
    fr: "écrire le chèque dans un fichier\u{202F}; sinon il va sur la sortie standard")
  package static let optionChequePrint = Phrase(
    "write a page to print, with its QR code", fr: "écrire une page à imprimer, avec son code QR")
  package static let optionChequeQR = Phrase(
    "show it as a QR code", fr: "l’afficher en code QR")
  package static let optionPlace = Phrase(
    "the place it is for, e.g. mel.example/lille, where the wallet knows several",
    fr: "le lieu, p. ex. mel.example/lille, si le portefeuille en connaît plusieurs")
  package static let optionChequeCheck = Phrase(
    "ask the ledger too", fr: "demander aussi au registre")

  package static let askCheque = Phrase(
    "sign a cheque of {0} to {1}, good until {2}? your balance afterwards is not known without the ledger",
    fr:
      "signer un chèque de {0} à {1}, valable jusqu’au {2}\u{202F}? votre solde après n’est pas connu sans le registre"
  )
  package static let askVoidCheque = Phrase(
    "take back the cheque of {0} to {1}?", fr: "annuler le chèque de {0} à {1}\u{202F}?")

  package static let chequeTitle = Phrase("cheque: {0}", fr: "chèque\u{A0}: {0}")
  package static let chequeNotYetPaid = Phrase("not yet paid", fr: "pas encore payé")
  package static let chequeCashed = Phrase("cashed, record {0}", fr: "encaissé, enregistrement {0}")
  package static let chequeVoid = Phrase("taken back by its writer", fr: "annulé par son auteur")
  package static let chequeExpired = Phrase(
    "expired; whether it was cashed before is not known here",
    fr: "expiré\u{202F}; on ne sait pas ici s’il a été encaissé avant")
  package static let chequeExpiredUnpaid = Phrase("expired, never paid", fr: "expiré, jamais payé")
  package static let stateChequeCashed = Phrase("cashed", fr: "encaissé")
  package static let stateChequeVoid = Phrase("void", fr: "annulé")
  package static let stateChequeExpired = Phrase("expired", fr: "expiré")
  package static let wordFrom = Phrase("from", fr: "de")
  package static let wordTo = Phrase("to", fr: "à")
  package static let wordPlace = Phrase("place", fr: "lieu")
  package static let wordNote = Phrase("note", fr: "note")
  package static let nameUnknown = Phrase(
    "{0} (name not known here)", fr: "{0} (nom inconnu ici)")
  package static let payeeUnknown = Phrase(
    "{0}, whose name could not be checked", fr: "{0}, dont le nom n’a pas pu être vérifié")

  package static let chequeChecked = Phrase(
    "checked: its form, and that the key in it signed exactly this",
    fr: "vérifié\u{A0}: sa forme, et que la clé qu’il contient a signé exactement ceci")
  package static let chequeKeyKnown = Phrase(
    "checked: the key belongs to {0}, as far as this wallet has seen",
    fr: "vérifié\u{A0}: la clé appartient à {0}, d’après ce que ce portefeuille a vu")
  package static let chequeKeyProven = Phrase(
    "checked: the key belongs to {0}, by the record that enrolled it",
    fr: "vérifié\u{A0}: la clé appartient à {0}, d’après l’enregistrement qui l’a inscrite")
  package static let chequeKeyUnknown = Phrase(
    "not known here: whether the key is truly the one of {0}",
    fr: "inconnu ici\u{A0}: si la clé est bien celle de {0}")
  package static let chequePlaceUnknown = Phrase(
    "not known here: the place itself, this wallet has never seen it",
    fr: "inconnu ici\u{A0}: le lieu lui-même, ce portefeuille ne l’a jamais vu")
  package static let chequeNotKnown = Phrase(
    "not known without the ledger: whether the account holds enough, whether it was cashed or taken back already, whether the key was revoked",
    fr:
      "inconnu sans le registre\u{A0}: si le compte est suffisant, s’il est déjà encaissé ou annulé, si la clé a été révoquée"
  )
  package static let chequeLedgerSays = Phrase(
    "the ledger says: not recorded and not taken back; whether the account holds enough shows when it is cashed",
    fr:
      "le registre dit\u{A0}: ni inscrit ni annulé\u{202F}; on saura en l’encaissant si le compte est suffisant"
  )
  package static let chequePaysPayee = Phrase(
    "whoever hands it in, it pays {0} and nobody else",
    fr: "qui que ce soit qui l’encaisse, il paie {0} et personne d’autre")
  package static let chequeHowToCash = Phrase(
    "To cash it: carnet cheque cash FILE, or scan the code and hand its text to carnet cheque cash -",
    fr:
      "Pour l’encaisser\u{A0}: carnet cheque cash FILE, ou lisez le code et donnez son texte à carnet cheque cash -"
  )

  package static let saidChequeKept = Phrase(
    "kept in this wallet as {0}; see: carnet cheque list",
    fr: "gardé dans ce portefeuille sous {0}\u{202F}; voir\u{A0}: carnet cheque list")
  package static let saidChequeCashed = Phrase(
    "cashed: {0} from {1} to {2}", fr: "encaissé\u{A0}: {0} de {1} à {2}")
  package static let saidChequeCashedBefore = Phrase(
    "already done: this cheque was cashed before, {0} from {1} to {2}",
    fr: "déjà fait\u{A0}: ce chèque a été encaissé avant, {0} de {1} à {2}")
  package static let saidChequeVoid = Phrase(
    "taken back: the ledger will never record the cheque {0}",
    fr: "annulé\u{A0}: le registre n’inscrira jamais le chèque {0}")
  package static let saidChequeVoidBefore = Phrase(
    "already done: the cheque {0} was taken back before",
    fr: "déjà fait\u{A0}: le chèque {0} a été annulé avant")
  package static let saidNoCheques = Phrase("no cheques", fr: "aucun chèque")

  package static let errorCheque = Phrase(
    "this is no cheque that can be trusted: {0}", fr: "ce n’est pas un chèque fiable\u{A0}: {0}")
  package static let chequeBadKey = Phrase(
    "its key belongs to {0}, not to {1}", fr: "sa clé appartient à {0}, pas à {1}")
  package static let errorChequeMemo = Phrase(
    "the memo has {0} bytes, at most {1} fit on a cheque",
    fr: "le mémo a {0} octets, un chèque en porte {1} au plus")
  package static let errorUnknownCheque = Phrase(
    "no cheque is kept here, and no file is called \"{0}\"",
    fr: "aucun chèque gardé ici, et aucun fichier ne s’appelle «\u{A0}{0}\u{A0}»")
  package static let errorChequesFull = Phrase(
    "{0} cheques are kept here that may still be cashed: no more can be written",
    fr: "{0} chèques gardés ici peuvent encore être encaissés\u{A0}: on ne peut pas en écrire d’autre")
  package static let hintChequesFull = Phrase(
    "ask what became of them: carnet cheque list --check",
    fr: "demandez ce qu’ils sont devenus\u{A0}: carnet cheque list --check")
  package static let errorPlaceUnknown = Phrase(
    "this wallet has never seen that place with this key: it does not know its currencies and your number",
    fr:
      "ce portefeuille n’a jamais vu ce lieu avec cette clé\u{A0}: il ne connaît ni ses monnaies ni votre numéro"
  )
  package static let hintPlaceUnknown = Phrase(
    "once, while there is a network: carnet balance --as HANDLE --ledger ADDRESS; places known here: {0}",
    fr:
      "une fois, avec le réseau\u{A0}: carnet balance --as IDENTIFIANT --ledger ADRESSE\u{202F}; lieux connus ici\u{A0}: {0}"
  )
  package static let errorWhichPlace = Phrase(
    "this wallet knows more than one place: say which with --place",
    fr: "ce portefeuille connaît plusieurs lieux\u{A0}: dites lequel avec --place")
  package static let errorHandleNotPinned = Phrase(
    "this wallet has never seen \"{0}\", and cannot ask anyone without a network",
    fr: "ce portefeuille n’a jamais vu «\u{A0}{0}\u{A0}» et ne peut demander à personne sans réseau")
  package static let hintHandleNotPinned = Phrase(
    "give the payee's number, ten symbols such as 7Q4M2K9XA5",
    fr: "donnez le numéro du bénéficiaire, dix symboles comme 7Q4M2K9XA5")
  package static let errorNotYourCheque = Phrase(
    "only {0}, who wrote it, can take this cheque back",
    fr: "seul {0}, qui l’a écrit, peut annuler ce chèque")
  package static let errorChequeElsewhere = Phrase(
    "the cheque is for {0}, this ledger is {1}", fr: "le chèque est pour {0}, ce registre est {1}")
  package static let errorChequeRefused = Phrase(
    "not cashed, nothing moved: {0}", fr: "non encaissé, rien n’a bougé\u{A0}: {0}")
  package static let hintChequeAgain = Phrase(
    "the cheque stays good until {0}: try again later",
    fr: "le chèque vaut jusqu’au {0}\u{A0}: réessayez plus tard")
  package static let hintChequeDuration = Phrase(
    "a number and s, m, h or d, at most 90d", fr: "un nombre suivi de s, m, h ou d, au plus 90d")
  package static let kindChequePaid = Phrase("paid by cheque", fr: "payé par chèque")
  package static let kindChequeReceived = Phrase("received by cheque", fr: "reçu par chèque")
  package static let receiptPaidByCheque = Phrase(
    "{0} paid {1} {2} by a cheque that was cashed on {3}",
    fr: "{0} a payé à {1} {2} par un chèque encaissé le {3}")
  package static let pageLineChequePaid = Phrase("paid by cheque to {0}", fr: "payé par chèque à {0}")
  package static let pageLineChequeReceived = Phrase(
    "received by cheque from {0}", fr: "reçu par chèque de {0}")
}
