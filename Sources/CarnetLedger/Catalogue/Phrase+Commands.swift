extension Phrase {
  package static let commandPay = Phrase("pay a member", fr: "payer un membre")
  package static let commandBalance = Phrase("show a balance", fr: "afficher un solde")
  package static let commandStatement = Phrase("show a statement", fr: "afficher un relevé")
  package static let commandRefund = Phrase(
    "give back a payment, whole or in part", fr: "rembourser un paiement, en entier ou en partie")
  package static let commandPending = Phrase(
    "settle the notes whose outcome is not known yet", fr: "régler le sort des notes en attente")
  package static let commandReceiptShow = Phrase("show a receipt", fr: "afficher un reçu")
  package static let commandReceiptVerify = Phrase(
    "check a receipt, with no network and no ledger", fr: "vérifier un reçu, sans réseau et sans registre")
  package static let commandReceiptList = Phrase(
    "list the receipts kept here", fr: "lister les reçus gardés ici")
  package static let commandKeyNew = Phrase(
    "make a key that only you hold", fr: "créer une clé que vous seul détenez")
  package static let commandKeyList = Phrase("list the keys kept here", fr: "lister les clés gardées ici")
  package static let commandKeyWords = Phrase(
    "show the 24 recovery words of a key", fr: "afficher les 24 mots de secours d’une clé")
  package static let commandKeyRestore = Phrase(
    "restore a key from its 24 words", fr: "rétablir une clé depuis ses 24 mots")
  package static let commandKeyAdd = Phrase(
    "enrol one more key of a member", fr: "inscrire une clé de plus pour un membre")
  package static let commandKeyRevoke = Phrase("revoke a key of a member", fr: "révoquer une clé d’un membre")
  package static let commandMemberAdd = Phrase("enrol a member", fr: "inscrire un membre")
  package static let commandMemberList = Phrase("list the members", fr: "lister les membres")
  package static let commandMemberShow = Phrase(
    "show a member with their keys", fr: "afficher un membre et ses clés")
  package static let commandMemberSuspend = Phrase(
    "a member may neither pay nor receive for now", fr: "suspendre un membre")
  package static let commandMemberReinstate = Phrase(
    "a suspended member may pay and receive again", fr: "rétablir un membre suspendu")
  package static let commandMemberClose = Phrase(
    "close the account of a member who left", fr: "clore le compte d’un membre parti")
  package static let commandMemberRole = Phrase(
    "give a member roles, or none", fr: "donner des rôles à un membre, ou aucun")
  package static let commandMemberAccredit = Phrase(
    "let a business reconvert, or no longer", fr: "agréer un professionnel, ou cesser")
  package static let commandMemberLimits = Phrase(
    "set how low and how high a balance may go", fr: "fixer le plancher et le plafond d’un solde")
  package static let commandMemberCard = Phrase(
    "change handle, name, town or sector", fr: "changer l’identifiant, le nom, la ville ou le secteur")
  package static let commandChange = Phrase(
    "book euros that came in, hand out units",
    fr: "changer\u{A0}: inscrire des euros reçus, remettre des unités")
  package static let commandReconvert = Phrase(
    "give units back for euros: the business signs",
    fr: "reconvertir des unités en euros\u{A0}: le professionnel signe")
  package static let commandReverse = Phrase(
    "undo a record by a new one, as an officer",
    fr: "annuler un enregistrement par un nouveau, en responsable")
  package static let commandEuro = Phrase(
    "move euros among reserve, fees and outside", fr: "déplacer des euros entre réserve, frais et extérieur")
  package static let commandSettle = Phrase(
    "settle the account of a member who died or left", fr: "solder le compte d’un membre décédé ou parti")
  package static let commandNoteSign = Phrase(
    "add your signature to a draft", fr: "ajouter votre signature à un brouillon")
  package static let commandNoteSend = Phrase(
    "send a draft that has all its signatures", fr: "envoyer un brouillon qui a toutes ses signatures")
  package static let commandInit = Phrase("open the books of a place", fr: "ouvrir les comptes d’un lieu")
  package static let commandPlaceShow = Phrase("say what this place is", fr: "dire ce qu’est ce lieu")
  package static let commandPlaceKey = Phrase(
    "print the key that receipts are checked with", fr: "afficher la clé qui vérifie les reçus")
  package static let commandCurrencyAdd = Phrase("open a currency", fr: "ouvrir une monnaie")
  package static let commandCurrencyList = Phrase("list the currencies", fr: "lister les monnaies")
  package static let commandSettingSet = Phrase(
    "record what the assembly voted", fr: "inscrire ce que l’assemblée a voté")
  package static let commandClockConfirm = Phrase(
    "confirm the clock after a long silence", fr: "confirmer l’horloge après un long silence")
  package static let commandCheckpoint = Phrase(
    "print the newest signed checkpoint", fr: "afficher le dernier point de contrôle signé")
  package static let commandAudit = Phrase("check everything in the books", fr: "vérifier tous les comptes")
  package static let commandBackup = Phrase(
    "copy the books and check the copy", fr: "copier les comptes et vérifier la copie")
  package static let commandRestore = Phrase(
    "put a copy in place and check it", fr: "remettre une copie en place et la vérifier")
  package static let commandServe = Phrase(
    "serve the ledger on this machine", fr: "servir le registre sur cette machine")
  package static let commandDoctor = Phrase("look over an installation", fr: "examiner une installation")
  package static let commandSimulate = Phrase(
    "play a scenario into a new trial ledger", fr: "jouer un scénario dans un nouveau registre d’essai")
  package static let commandDemo = Phrase(
    "open a small place and show it at work", fr: "ouvrir un petit lieu et le montrer à l’œuvre")
  package static let commandCompletions = Phrase(
    "print completions for a shell", fr: "afficher la complétion pour un interpréteur")
  package static let commandMan = Phrase("print the manual page", fr: "afficher la page de manuel")
  package static let commandVersion = Phrase("print the version", fr: "afficher la version")
}
