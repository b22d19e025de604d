/// What the page of a till says.
extension Phrase {
  package static let tillPageTitle = Phrase("Till", fr: "Caisse")
  package static let tillPageSetUp = Phrase(
    "This browser becomes a till: it can ask to be paid and sees its own sales, nothing else.",
    fr:
      "Ce navigateur devient une caisse\u{A0}: elle peut demander un paiement et voit ses propres ventes, rien d’autre."
  )
  package static let tillPageToken = Phrase("Token of the till", fr: "Jeton de la caisse")
  package static let tillPageTokenHint = Phrase(
    "Paste the token that carnet till add printed for the merchant.",
    fr:
      "Collez le jeton que carnet till add a affiché au commerçant."
  )
  package static let tillPageTokenForm = Phrase(
    "This is not the token of a till.", fr: "Ce n’est pas le jeton d’une caisse.")
  package static let tillPageTokenEnded = Phrase(
    "This till’s token is no longer valid.", fr: "Le jeton de cette caisse n’est plus valable.")
  package static let tillPageOpen = Phrase("Open the till", fr: "Ouvrir la caisse")
  package static let tillPageAway = Phrase(
    "The ledger does not answer. Nothing is paid until this page says so.",
    fr: "Le registre ne répond pas. Rien n’est payé tant que cette page ne le dit pas.")
  package static let tillPageOtherPaid = Phrase("Paid: {0}, {1}", fr: "Payé\u{A0}: {0}, {1}")
  package static let tillPageBack = Phrase("Take the last digit back", fr: "Effacer le dernier chiffre")
  package static let tillPageClear = Phrase("Clear", fr: "Effacer")
  package static let tillPageKeys = Phrase("Digits", fr: "Chiffres")
  package static let tillPageReference = Phrase("Reference", fr: "Référence")
  package static let tillPageAsk = Phrase("Ask for {0}", fr: "Encaisser {0}")
  package static let tillPageType = Phrase("Type the amount", fr: "Tapez le montant")
  package static let tillPageAsking = Phrase("Asking…", fr: "Demande en cours…")
  package static let tillPageWaiting = Phrase("Waiting for the payment", fr: "En attente du paiement")
  package static let tillPageClaimed = Phrase("The customer is looking at it", fr: "Le client la regarde")
  package static let tillPageQR = Phrase("QR code of {0}", fr: "Code QR de {0}")
  package static let tillPageExpired = Phrase("Expired, not paid", fr: "Expiré, non payé")
  package static let tillPageCancelled = Phrase("Cancelled, not paid", fr: "Annulé, non payé")
  package static let tillPageNext = Phrase("Next customer", fr: "Client suivant")
  package static let tillPagePrint = Phrase("Receipt, {0} mm", fr: "Ticket, {0} mm")
  package static let tillPageCancel = Phrase("Cancel", fr: "Annuler")
  package static let tillPageName = Phrase("Till", fr: "Caisse")
  package static let tillPageCashier = Phrase("Cashier", fr: "Caissier")
  package static let tillPageCashierHint = Phrase(
    "Stands with each sale made here: it says who, it protects nothing.",
    fr: "Figure sur chaque vente faite ici\u{A0}: cela dit qui, cela ne protège rien.")
  package static let tillPageCode = Phrase("Code", fr: "Code")
  package static let tillPageRecord = Phrase("Record", fr: "Enregistrement")
  package static let tillPageLedger = Phrase("Ledger", fr: "Registre")
  package static let tillPageMenu = Phrase("Views of the till", fr: "Vues de la caisse")
  package static let tillPageKeypad = Phrase("Keypad", fr: "Clavier")
  package static let tillPageSales = Phrase("Sales", fr: "Ventes")
  package static let tillPageReports = Phrase("Reports", fr: "Rapports")
  package static let tillPageCard = Phrase("Counter card", fr: "Carte de comptoir")
  package static let tillPageSettings = Phrase("Settings", fr: "Réglages")
  package static let tillPageNoSales = Phrase("No sale yet.", fr: "Aucune vente pour l’instant.")
  package static let tillPageRefund = Phrase("Refund", fr: "Rembourser")
  package static let tillPageRefundOf = Phrase("refund of {0}", fr: "remboursement de {0}")
  package static let tillPageRefundNeedsKey = Phrase(
    "A refund needs the merchant’s key, which a till does not have. From the merchant’s terminal:",
    fr:
      "Un remboursement demande la clé du commerçant, qu’une caisse n’a pas. Depuis le terminal du commerçant\u{A0}:"
  )
  package static let tillPageRefundKeyHere = Phrase(
    "With the merchant’s key in this browser (page /me) it can be done here.",
    fr: "Avec la clé du commerçant dans ce navigateur (page /me), cela se fait ici.")
  package static let tillPageReason = Phrase("Reason", fr: "Motif")
  package static let tillPageReasonMissing = Phrase(
    "Say why, in a few words.", fr: "Dites pourquoi, en quelques mots.")
  package static let tillPageReasonUnfit = Phrase(
    "The reason is too long, or has signs that are not text.",
    fr: "Le motif est trop long, ou contient des signes qui ne sont pas du texte.")
  package static let tillPageRefunded = Phrase("Given back", fr: "Remboursé")
  package static let tillPageNotRefunded = Phrase("Not given back", fr: "Non remboursé")
  package static let tillPageX = Phrase(
    "X report: since the last close", fr: "Rapport X\u{A0}: depuis la dernière clôture")
  package static let tillPageXWhy = Phrase(
    "It can be read at any time and changes nothing.", fr: "Il se lit à tout moment et ne change rien.")
  package static let tillPageZ = Phrase("Z closes", fr: "Clôtures Z")
  package static let tillPageNoCloses = Phrase("None yet.", fr: "Aucune pour l’instant.")
  package static let tillPageClose = Phrase("Close (Z)", fr: "Clôturer (Z)")
  package static let tillPageCloseAsk = Phrase(
    "Close for good? Press once more", fr: "Clôturer pour de bon\u{202F}? Appuyez encore")
  package static let tillPageZNumber = Phrase("Z {0}", fr: "Z {0}")
  package static let tillPageCSV = Phrase("Save as CSV", fr: "Enregistrer en CSV")
  package static let tillPagePaper = Phrase("Print", fr: "Imprimer")
  package static let tillPageKind = Phrase("Kind", fr: "Genre")
  package static let tillPageCount = Phrase("Count", fr: "Nombre")
  package static let tillPageTotal = Phrase("Total", fr: "Total")
  package static let tillPageKindSale = Phrase("sales", fr: "ventes")
  package static let tillPageKindRefund = Phrase("refunds", fr: "remboursements")
  package static let tillPageCardHere = Phrase(
    "Pay here in the units of {0}", fr: "Payez ici dans les unités de {0}")
  package static let tillPageTokenWhy = Phrase(
    "The till’s token is kept in this browser. It can ask to be paid; it cannot pay, refund or read anything else.",
    fr:
      "Le jeton de la caisse est gardé dans ce navigateur. Il peut demander un paiement\u{202F}; il ne peut ni payer, ni rembourser, ni lire autre chose."
  )
  package static let tillPageLeave = Phrase(
    "Remove the till from this browser", fr: "Retirer la caisse de ce navigateur")
  package static let tillPageLeaveAsk = Phrase(
    "Remove the till from this browser? Its token must be pasted again.",
    fr: "Retirer la caisse de ce navigateur\u{202F}? Il faudra recoller son jeton.")
}
