extension Phrase {
  package static let commandRequestNew = Phrase("ask to be paid", fr: "demander un paiement")
  package static let commandRequestShow = Phrase(
    "show a payment request", fr: "afficher une demande de paiement")
  package static let commandRequestCancel = Phrase(
    "cancel a payment request of yours", fr: "annuler une de vos demandes de paiement")
  package static let commandRequestList = Phrase(
    "list your payment requests", fr: "lister vos demandes de paiement")
  package static let optionOwnReference = Phrase(
    "your own reference, kept outside the log", fr: "votre référence, gardée hors du journal")
  package static let optionExpires = Phrase(
    "how long it can be paid: 90s, 15m, 2h, 7d at most; 15m unless given",
    fr: "combien de temps on peut la payer\u{A0}: 90s, 15m, 2h, 7d au plus\u{202F}; sinon 15m")
  package static let optionQR = Phrase("show a QR code of its link", fr: "afficher un code QR de son lien")
  package static let optionWaitPaid = Phrase(
    "wait until it is paid or cannot be any more", fr: "attendre qu’elle soit payée ou ne puisse plus l’être")
  package static let optionPublicURL = Phrase(
    "the address that links of payment requests begin with",
    fr: "l’adresse par où commencent les liens des demandes")
  package static let optionProxy = Phrase(
    "believe a proxy on this machine about whom failed codes count for (the last address of X-Forwarded-For)",
    fr:
      "croire un proxy de cette machine sur l’auteur des codes manqués (dernière adresse de X-Forwarded-For)"
  )
  package static let errorRequestCode = Phrase(
    "\"{0}\" is not the code of a payment request",
    fr: "«\u{A0}{0}\u{A0}» n’est pas le code d’une demande de paiement")
  package static let errorAmountOfRequest = Phrase(
    "a payment request is paid as it stands: leave \"{0}\" out",
    fr: "une demande se paie telle quelle\u{A0}: retirez «\u{A0}{0}\u{A0}»")
  package static let errorWaitNeedsServer = Phrase(
    "--wait needs a ledger that is being served: nobody else can pay while this command holds the file",
    fr:
      "--wait demande un registre en service\u{A0}: personne ne peut payer tant que cette commande tient le fichier"
  )
  package static let hintDuration = Phrase(
    "a number and s, m, h or d, at most 7d", fr: "un nombre suivi de s, m, h ou d, au plus 7d")
  package static let saidRequest = Phrase(
    "{0} to {1}, until {2}", fr: "{0} à {1}, jusqu’au {2}")
  package static let saidRequestPaid = Phrase("paid: {0}, request {1}", fr: "payée\u{A0}: {0}, demande {1}")
  package static let saidRequestPaidBefore = Phrase(
    "you paid this request already", fr: "vous avez déjà payé cette demande")
  package static let saidRequestCancelled = Phrase(
    "the request {0} is cancelled", fr: "la demande {0} est annulée")
  package static let saidNoRequests = Phrase("no payment requests", fr: "aucune demande de paiement")
  package static let headCode = Phrase("code", fr: "code")
  package static let headExpires = Phrase("until", fr: "jusqu’au")
  package static let headReference = Phrase("reference", fr: "référence")
  package static let stateOpen = Phrase("open", fr: "ouverte")
  package static let stateClaimed = Phrase("being paid", fr: "en cours de paiement")
  package static let statePaid = Phrase("paid", fr: "payée")
  package static let stateExpired = Phrase("expired", fr: "expirée")
  package static let stateCancelled = Phrase("cancelled", fr: "annulée")
  package static let problemTooManyCodes = Phrase(
    "too many codes that are none, ask again in a minute",
    fr: "trop de codes inexistants, réessayez dans une minute")
}
