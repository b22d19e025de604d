extension Phrase {
  package static let saidPaid = Phrase("paid {0} to {1}", fr: "payé\u{A0}: {0} à {1}")
  package static let saidPaidBefore = Phrase(
    "this payment went through already; pay again with --again",
    fr: "ce paiement a déjà abouti\u{202F}; pour payer encore\u{A0}: --again")
  package static let saidRecord = Phrase("record {0}, note {1}", fr: "enregistrement {0}, note {1}")
  package static let saidSettled = Phrase(
    "waiting note {0}: it is record {1}", fr: "note en attente {0}\u{A0}: c’est l’enregistrement {1}")
  package static let saidNotRecorded = Phrase(
    "waiting note {0}: not recorded, nothing moved: {1}",
    fr: "note en attente {0}\u{A0}: non inscrite, rien n’a bougé\u{A0}: {1}")
  package static let saidVoided = Phrase(
    "waiting note {0}: taken back, nothing moved", fr: "note en attente {0}\u{A0}: annulée, rien n’a bougé")
  package static let saidUnknown = Phrase(
    "waiting note {0}: still not known", fr: "note en attente {0}\u{A0}: on ne sait toujours pas")
  package static let saidNothingPending = Phrase("nothing waits", fr: "rien n’attend")
  package static let saidNoBalance = Phrase("{0} has no account yet", fr: "{0} n’a pas encore de compte")
  package static let saidOpening = Phrase("opening balance", fr: "solde initial")
  package static let saidClosing = Phrase("closing balance", fr: "solde final")
  package static let saidRefunded = Phrase("given back: {0}", fr: "remboursé\u{A0}: {0}")
  package static let saidChanged = Phrase("changed: {0} to {1}", fr: "changé\u{A0}: {0} à {1}")
  package static let saidFee = Phrase("fee: {0}", fr: "frais\u{A0}: {0}")
  package static let saidReversed = Phrase("record {0} is reversed", fr: "l’enregistrement {0} est annulé")
  package static let saidMoved = Phrase("moved: {0}", fr: "déplacé\u{A0}: {0}")
  package static let saidDraft = Phrase(
    "draft written to {0}; others sign it with: carnet note sign {0}",
    fr: "brouillon écrit dans {0}\u{202F}; les autres signent par\u{A0}: carnet note sign {0}")
  package static let saidSigned = Phrase(
    "signed: {0}; when all have signed: carnet note send {0}",
    fr: "signé\u{A0}: {0}\u{202F}; quand tous ont signé\u{A0}: carnet note send {0}")
  package static let saidSent = Phrase("recorded", fr: "inscrit")
  package static let saidWords = Phrase(
    "write these 24 words down and keep them apart from this machine: whoever has them has the key",
    fr: "notez ces 24 mots et gardez-les loin de cette machine\u{A0}: qui les a, a la clé")
  package static let saidKeyAdded = Phrase("the key is enrolled", fr: "la clé est inscrite")
  package static let saidKeyRevoked = Phrase("the key is revoked", fr: "la clé est révoquée")
  package static let saidMemberAdded = Phrase("{0} is a member: {1}", fr: "{0} est membre\u{A0}: {1}")
  package static let saidMemberChanged = Phrase("recorded for {0}", fr: "inscrit pour {0}")
  package static let saidOpened = Phrase(
    "the books of {0} are open: {1}", fr: "les comptes de {0} sont ouverts\u{A0}: {1}")
  package static let saidKeepKey = Phrase(
    "keep a copy of {0} in a safe place, apart from backups: without it nothing can be written",
    fr: "gardez une copie de {0} en lieu sûr, à part des sauvegardes\u{A0}: sans elle on ne peut rien écrire")
  package static let saidCurrencyAdded = Phrase("the currency {0} is open", fr: "la monnaie {0} est ouverte")
  package static let saidSetting = Phrase(
    "{0} is recorded, in force from {1}", fr: "{0} est inscrit, en vigueur à partir de {1}")
  package static let saidClock = Phrase("the clock is confirmed", fr: "l’horloge est confirmée")
  package static let saidWritten = Phrase("written to {0}", fr: "écrit dans {0}")
  package static let saidReceiptValid = Phrase(
    "valid: record {1} of {0}, within its first {2} records",
    fr: "valable\u{A0}: enregistrement {1} de {0}, parmi ses {2} premiers")
  package static let saidReceiptSigned = Phrase("signed by {0}", fr: "signé par {0}")
  package static let saidAuditClean = Phrase(
    "all is well: {0} records, root {1}", fr: "tout va bien\u{A0}: {0} enregistrements, racine {1}")
  package static let saidFindings = Phrase("{0} findings", fr: "{0} anomalies")
  package static let saidBackup = Phrase(
    "{1} records copied to {0}, and audited there; the key is not in the copy",
    fr: "{1} enregistrements copiés dans {0}, et vérifiés là\u{202F}; la clé n’est pas dans la copie")
  package static let saidDrill = Phrase(
    "the copy would do: {0} records, audited; it was removed again",
    fr: "la copie conviendrait\u{A0}: {0} enregistrements vérifiés\u{202F}; elle a été retirée")
  package static let saidRestored = Phrase(
    "{1} records are back in {0}, audited; to write, put FILE.key and FILE.head beside it",
    fr:
      "{1} enregistrements sont de retour dans {0}, vérifiés\u{202F}; pour écrire, remettez FILE.key et FILE.head à côté"
  )
  package static let saidServing = Phrase(
    "serving at {0}; stop with Ctrl-C", fr: "service à {0}\u{202F}; arrêt par Ctrl-C")
  package static let saidStopping = Phrase(
    "stopping: what was taken in is answered", fr: "arrêt\u{A0}: ce qui a été reçu reçoit sa réponse")
  package static let askPay = Phrase(
    "pay {0} to {1}? balance after: {2}", fr: "payer {0} à {1}\u{202F}? solde après\u{A0}: {2}")
  package static let askRefund = Phrase(
    "give back {0} of record {1}?", fr: "rembourser {0} de l’enregistrement {1}\u{202F}?")
  package static let askReason = Phrase(
    "why? (kept outside the log)", fr: "pour quel motif\u{202F}? (gardé hors du journal)")
  package static let askSign = Phrase("sign this?", fr: "signer ceci\u{202F}?")
  package static let askYesNo = Phrase("[y/N]", fr: "[o/N]")
  package static let askPassphrase = Phrase("passphrase of {0}:", fr: "phrase secrète de {0}\u{A0}:")
  package static let askNewPassphrase = Phrase(
    "new passphrase for {0}:", fr: "nouvelle phrase secrète pour {0}\u{A0}:")
  package static let askPassphraseAgain = Phrase("once more:", fr: "encore une fois\u{A0}:")
  package static let askWords = Phrase("the 24 words:", fr: "les 24 mots\u{A0}:")
  package static let headTime = Phrase("time", fr: "date")
  package static let headKind = Phrase("kind", fr: "genre")
  package static let headWith = Phrase("with", fr: "avec")
  package static let headAmount = Phrase("amount", fr: "montant")
  package static let headBalance = Phrase("balance", fr: "solde")
  package static let headMemo = Phrase("memo", fr: "mémo")
  package static let headNumber = Phrase("number", fr: "numéro")
  package static let headHandle = Phrase("handle", fr: "identifiant")
  package static let headName = Phrase("name", fr: "nom")
  package static let headStatus = Phrase("status", fr: "état")
  package static let kindPaid = Phrase("paid", fr: "payé")
  package static let kindReceived = Phrase("received", fr: "reçu")
  package static let kindChange = Phrase("change", fr: "change")
  package static let kindReconversion = Phrase("reconversion", fr: "reconversion")
  package static let kindReversal = Phrase("reversal", fr: "annulation")
  package static let kindSettle = Phrase("settlement", fr: "solde de compte")
  package static let kindOther = Phrase("other", fr: "autre")
  package static let checkSelfTest = Phrase("signatures and hashes", fr: "signatures et empreintes")
  package static let checkLedger = Phrase("ledger {0}", fr: "registre {0}")
  package static let checkKey = Phrase("key {0}", fr: "clé {0}")
  package static let checkHead = Phrase("head {0}", fr: "tête {0}")
  package static let checkSpace = Phrase("space on the disk", fr: "place sur le disque")
  package static let checkKeyPlace = Phrase("one key only", fr: "une seule clé")
  package static let faultKeyTwice = Phrase(
    "{0} is there too: move it to a safe place", fr: "{0} est là aussi : rangez-le en lieu sûr")
  package static let checkRights = Phrase(
    "rights of files and folder", fr: "droits des fichiers et du dossier")
  package static let faultRights = Phrase(
    "others may write: {0}", fr: "d’autres peuvent écrire : {0}")
  package static let checkUser = Phrase("user of the server", fr: "utilisateur du serveur")
  package static let faultRoot = Phrase(
    "the ledger belongs to root: a server needs a user of its own",
    fr: "le registre appartient à root : un serveur a besoin d’un utilisateur à lui")
  package static let checkWitnesses = Phrase("witnesses", fr: "témoins")
  package static let faultWitnesses = Phrase(
    "a policy is there, but no checkpoint was cosigned yet: carnet witness ask",
    fr: "il y a une politique, mais aucun point de contrôle n’est encore cosigné : carnet witness ask")
  package static let checkClock = Phrase("clock", fr: "horloge")
}
