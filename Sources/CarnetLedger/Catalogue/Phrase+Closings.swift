extension Phrase {
  // Refusals of closings and erasures.
  static let refusalUnknownCutoff = Phrase(
    "there is no cutoff under that number", fr: "il n’y a pas d’arrêté sous ce numéro")
  static let refusalUnknownCutoffHint = Phrase(
    "see: carnet closing list", fr: "voyez\u{A0}: carnet closing list")
  static let refusalAlreadyClosed = Phrase(
    "this cutoff has its closing already", fr: "cet arrêté a déjà sa clôture")
  static let refusalAlreadyClosedHint = Phrase(
    "make a new cutoff for another closing", fr: "faites un nouvel arrêté pour une autre clôture")
  static let refusalStateDiffers = Phrase(
    "the closing was made of another state than the cutoff’s",
    fr: "la clôture a été faite d’un autre état que celui de l’arrêté")
  static let refusalStateDiffersHint = Phrase("make the closing again", fr: "refaites la clôture")
  static let refusalTotalsDiffer = Phrase(
    "the totals of {0} are not those of the cutoff", fr: "les totaux de {0} ne sont pas ceux de l’arrêté")
  static let refusalTotalsDifferHint = Phrase("make the closing again", fr: "refaites la clôture")
  static let refusalReserveTooLow = Phrase(
    "the bank must hold {0} at least, which members hold in units",
    fr: "la banque doit détenir au moins {0}, que les membres détiennent en unités")
  static let refusalReserveTooLowHint = Phrase(
    "attest what the bank statement shows; where it is less, the guarantee fund lacks euros",
    fr:
      "attestez ce que montre le relevé bancaire\u{202F}; s’il est plus bas, il manque des euros au fonds de garantie"
  )
  static let refusalNotErasable = Phrase(
    "that record has no memo and no reason to erase",
    fr: "cet enregistrement n’a ni message ni motif à effacer")
  static let refusalNotErasableHint = Phrase(
    "a card is erased with its member: carnet member erase",
    fr: "une fiche s’efface avec son membre\u{A0}: carnet member erase")
}
