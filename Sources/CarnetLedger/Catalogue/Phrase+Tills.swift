extension Phrase {
  package static let problemAmount = Phrase(
    "the amount is a whole number of minor units above zero",
    fr: "le montant est un nombre entier de centimes, au-dessus de zéro")
  package static let problemCurrency = Phrase(
    "this is not the code of a currency", fr: "ce n’est pas le code d’une monnaie")
  package static let problemValue = Phrase(
    "{0} is missing or not of its form", fr: "{0} manque ou est mal formé")
  package static let problemKeyMissing = Phrase(
    "the header Idempotency-Key is missing: a new one for each sale",
    fr: "l’en-tête Idempotency-Key manque\u{A0}: un nouveau par vente")
  package static let problemInProgress = Phrase(
    "the same call is still being worked on", fr: "le même appel est encore en cours")
  package static let problemKeyReused = Phrase(
    "this Idempotency-Key was used for something else", fr: "cette Idempotency-Key a servi à autre chose")
  package static let problemTillExists = Phrase(
    "there is a till of that name; end it first",
    fr: "une caisse porte déjà ce nom\u{202F}; fermez-la d’abord")
  package static let problemTooManyTills = Phrase(
    "a member has at most {0} tills", fr: "un membre a au plus {0} caisses")
  package static let problemTillNotEnrolled = Phrase(
    "the merchant has not signed for this till, or has revoked it",
    fr: "le commerce n’a pas signé pour cette caisse, ou l’a révoquée")
}

extension Phrase {
  package static let commandTillAdd = Phrase("set up a till", fr: "installer une caisse")
  package static let commandTillList = Phrase("list your tills", fr: "lister vos caisses")
  package static let commandTillRevoke = Phrase(
    "end a till: its token and its key", fr: "mettre fin à une caisse\u{A0}: son jeton et sa clé")
  package static let commandTillReport = Phrase(
    "what a till took in since its last close (X)", fr: "ce qu’une caisse a reçu depuis sa clôture (X)")
  package static let commandTillClose = Phrase(
    "close a till: a numbered report, chained to the one before (Z)",
    fr: "clôturer une caisse\u{A0}: un rapport numéroté, chaîné au précédent (Z)")
  package static let commandTillCloses = Phrase(
    "list the closes of a till", fr: "lister les clôtures d’une caisse")
  package static let optionTimeZone = Phrase(
    "the zone whose days its reports count, else this machine's",
    fr: "le fuseau dont les rapports comptent les jours, sinon celui de cette machine")
  package static let optionTokenFile = Phrase(
    "write the token to a file only you can read", fr: "écrire le jeton dans un fichier que vous seul lisez")
  package static let optionTillCSV = Phrase("print a table (CSV)", fr: "écrire un tableau (CSV)")
  package static let detailsTillAdd = Phrase(
    "The till's token is printed this once. It asks to be paid and reads this till; it cannot pay, refund or read anything else.",
    fr:
      "Le jeton de la caisse n’est affiché que cette fois. Il demande à être payé et lit cette caisse\u{202F}; il ne peut ni payer, ni rembourser, ni lire autre chose."
  )
  package static let saidTillAdded = Phrase(
    "till {0} is ready, its days are those of {1}", fr: "la caisse {0} est prête, ses jours sont ceux de {1}")
  package static let saidTillRevoked = Phrase("till {0} is ended", fr: "la caisse {0} est supprimée")
  package static let saidTillReport = Phrase(
    "report (X) before close {0}, {1}, records {2}",
    fr: "rapport (X) avant la clôture {0}, {1}, enregistrements {2}")
  package static let saidTillClose = Phrase(
    "close (Z) {0}, {1}, records {2}", fr: "clôture (Z) {0}, {1}, enregistrements {2}")
  package static let saidTillCloseRepeated = Phrase(
    "this is the close whose answer did not come before; run the command again for a new one",
    fr:
      "c’est la clôture dont la réponse n’était pas venue\u{202F}; relancez la commande pour en faire une autre"
  )
  package static let tillSales = Phrase("{0} sales  {1}", fr: "{0} ventes  {1}")
  package static let tillRefunds = Phrase("{0} refunds  {1}", fr: "{0} remboursements  {1}")
  package static let headTill = Phrase("Till", fr: "Caisse")
  package static let headTillID = Phrase("Id", fr: "Id")
  package static let headTillState = Phrase("State", fr: "État")
  package static let tillWorks = Phrase("works", fr: "en service")
  package static let tillEnded = Phrase("ended", fr: "supprimée")
  package static let tillNotEnrolled = Phrase("not signed for", fr: "pas encore signée")
  package static let errorUnknownTill = Phrase("you have no till {0}", fr: "vous n’avez pas de caisse {0}")
  package static let hintUnknownTill = Phrase("see: carnet till list", fr: "voyez\u{A0}: carnet till list")
}
