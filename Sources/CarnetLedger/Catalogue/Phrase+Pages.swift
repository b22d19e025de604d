/// What the pages in a browser say: paying, one's own account, and what all pages share.
extension Phrase {
  package static let pagePayTitle = Phrase("Pay", fr: "Payer")
  package static let pageMeTitle = Phrase("My account", fr: "Mon compte")
  package static let pageNeedsScript = Phrase(
    "This page needs JavaScript: the key that signs never leaves this browser. From a terminal, carnet does the same.",
    fr:
      "Cette page a besoin de JavaScript\u{A0}: la clé qui signe ne quitte jamais ce navigateur. Depuis un terminal, carnet fait la même chose."
  )
  package static let pageSkip = Phrase("Skip to the content", fr: "Aller au contenu")
  package static let pageTrialShort = Phrase("trial", fr: "essai")
  package static let pageLoading = Phrase("One moment…", fr: "Un instant…")
  package static let pageCopy = Phrase("Copy", fr: "Copier")
  package static let pageCopied = Phrase("Copied", fr: "Copié")
  package static let pageTryAgain = Phrase("Try again", fr: "Réessayer")
  package static let pageBack = Phrase("Back", fr: "Retour")
  package static let pageGoOn = Phrase("Continue", fr: "Continuer")
  package static let pageNoAnswer = Phrase(
    "The ledger does not answer. Check the network and try again.",
    fr: "Le registre ne répond pas. Vérifiez le réseau et réessayez.")
  package static let pageUnexpected = Phrase(
    "Something went wrong: {0}", fr: "Quelque chose n’a pas marché\u{A0}: {0}")
  package static let pageLedgerChanged = Phrase(
    "This address now shows another ledger or another key than before. Pay nothing here, and ask the association.",
    fr:
      "Cette adresse montre maintenant un autre registre ou une autre clé qu’avant. Ne payez rien ici et demandez à l’association."
  )
  package static let pageOlderJournal = Phrase(
    "The ledger shows an older or another journal than this browser saw before. Tell the association.",
    fr: "Le registre montre un journal plus ancien, ou autre, que celui déjà vu ici. Prévenez l’association.")
  package static let pageNotProven = Phrase(
    "The answer does not prove what it should. Whether anything moved is not known; ask again.",
    fr:
      "La réponse ne prouve pas ce qu’elle devrait. On ne sait pas si quelque chose a bougé\u{202F}; redemandez."
  )
  package static let pageInsecure = Phrase(
    "This page did not come over https, so this browser will not hold a key here. Pay from the terminal, or open the https address.",
    fr:
      "Cette page n’est pas arrivée par https\u{A0}: ce navigateur n’y garde pas de clé. Payez depuis le terminal, ou ouvrez l’adresse https."
  )
  package static let pageEd25519Missing = Phrase(
    "This browser cannot sign with Ed25519. A current Firefox, Chrome or Safari can; so can the terminal.",
    fr:
      "Ce navigateur ne sait pas signer avec Ed25519. Un Firefox, Chrome ou Safari récent le sait\u{202F}; le terminal aussi."
  )

  package static let pagePayTo = Phrase("to", fr: "à")
  package static let pagePayCode = Phrase("Code {0}", fr: "Code {0}")
  package static let pagePayUntil = Phrase("until {0}", fr: "jusqu’à {0}")
  package static let pagePayNow = Phrase("Pay {0}", fr: "Payer {0}")
  package static let pagePayAgain = Phrase("Pay once more", fr: "Payer encore une fois")
  package static let pageSending = Phrase("Paying…", fr: "Paiement en cours…")
  package static let pageBalanceAfter = Phrase("Balance after:", fr: "Solde après\u{A0}:")
  package static let pagePayingAs = Phrase("You pay as {0}, {1}", fr: "Vous payez en tant que {0}, {1}")
  package static let pagePaid = Phrase("Paid", fr: "Payé")
  package static let pagePaidBefore = Phrase("Paid already", fr: "Déjà payé")
  package static let pageRecordNumber = Phrase("No. {0}", fr: "N°\u{A0}{0}")
  package static let pageReceiptChecked = Phrase(
    "The receipt was checked in this page.", fr: "Le reçu a été vérifié dans cette page.")
  package static let pageSaveReceipt = Phrase("Save the receipt", fr: "Enregistrer le reçu")
  package static let pageRefused = Phrase("Not paid", fr: "Non payé")
  package static let pageNothingMoved = Phrase("Nothing moved.", fr: "Rien n’a bougé.")
  package static let pageNotNow = Phrase("Not now", fr: "Pas maintenant")
  package static let pageUnknownTitle = Phrase("Not known yet", fr: "On ne sait pas encore")
  package static let pageUnknownWhy = Phrase(
    "No answer came. Your payment is kept here and is never made twice: ask again.",
    fr:
      "Aucune réponse n’est venue. Votre paiement est gardé ici et ne sera jamais fait deux fois\u{A0}: redemandez."
  )
  package static let pageAskAgain = Phrase("Ask again", fr: "Redemander")
  package static let pageNotPayable = Phrase(
    "This is no address to pay", fr: "On ne peut rien payer à cette adresse")
  package static let pageNotPayableWhy = Phrase(
    "“{0}” is neither the code of a request nor the number or handle of a member.",
    fr: "«\u{A0}{0}\u{A0}» n’est ni le code d’une demande, ni le numéro ou l’identifiant d’un membre.")
  package static let pageUnknownPayee = Phrase(
    "Nobody by that name or code", fr: "Personne sous ce nom ou ce code")
  package static let pageRequestPaid = Phrase("This request is paid", fr: "Cette demande est payée")
  package static let pageRequestPaidWhy = Phrase(
    "There is nothing left to do.", fr: "Il n’y a plus rien à faire.")
  package static let pageRequestExpired = Phrase("This request has expired", fr: "Cette demande a expiré")
  package static let pageRequestCancelled = Phrase(
    "This request was cancelled", fr: "Cette demande a été annulée")
  package static let pageRequestClosedWhy = Phrase(
    "Ask the till for a new one.", fr: "Demandez-en une nouvelle à la caisse.")
  package static let pagePayeeChanged = Phrase(
    "Careful: this browser knew this member under another name, or this name for another member. Check before you pay.",
    fr:
      "Attention\u{A0}: ce navigateur connaissait ce membre sous un autre nom, ou ce nom pour un autre membre. Vérifiez avant de payer."
  )
  package static let pageAmount = Phrase("Amount", fr: "Montant")
  package static let pageAmountExample = Phrase("12.50", fr: "12,50")
  package static let pageMemo = Phrase("Message (optional)", fr: "Message (facultatif)")
  package static let pageMemoHint = Phrase(
    "Read by the payee; it is kept outside the log and can be erased.",
    fr: "Lu par le bénéficiaire\u{202F}; il est gardé hors du journal et peut être effacé.")
  package static let pageAmountUnreadable = Phrase("This is no amount.", fr: "Ce n’est pas un montant.")
  package static let pageAmountAmbiguous = Phrase(
    "A thousand or a fraction? Write 1234 or 1.23.",
    fr: "Mille ou une fraction\u{202F}? Écrivez 1234 ou 1,23.")
  package static let pageAmountTooPrecise = Phrase(
    "{0} has {1} decimals at most.", fr: "{0} a {1} décimales au plus.")
  package static let pageAmountOutOfRange = Phrase(
    "The amount is zero or beyond what the ledger can hold.",
    fr: "Le montant est nul ou dépasse ce que le registre peut tenir.")
  package static let pageFromTerminal = Phrase("From the terminal", fr: "Depuis le terminal")
  package static let pageFromTerminalWhy = Phrase(
    "With --ledger {0} where carnet does not know this place yet.",
    fr: "Avec --ledger {0} si carnet ne connaît pas encore ce lieu.")
  package static let pageWithBrowser = Phrase("In this browser", fr: "Dans ce navigateur")
  package static let pageWithBrowserWhy = Phrase(
    "There is no key in this browser yet. The link of an invitation from the association makes one here; a member brings one in by its recovery words.",
    fr:
      "Ce navigateur n’a pas encore de clé. Le lien d’une invitation de l’association en fait une ici\u{202F}; un membre apporte la sienne par ses mots de secours."
  )
  package static let pageBringKey = Phrase("Bring my key", fr: "Apporter ma clé")
}
