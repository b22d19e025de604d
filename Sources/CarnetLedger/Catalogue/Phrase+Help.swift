extension Phrase {
  package static let helpPromise = Phrase(
    "keeps the books of a place that exchanges in its own units",
    fr: "tient les comptes d’un lieu qui échange dans ses propres unités")
  package static let helpExamples = Phrase("Examples:", fr: "Exemples\u{A0}:")
  package static let helpCommands = Phrase("Commands:", fr: "Commandes\u{A0}:")
  package static let helpUsage = Phrase("Usage:", fr: "Usage\u{A0}:")
  package static let helpOptions = Phrase("Options:", fr: "Options\u{A0}:")
  package static let helpMore = Phrase(
    "more: carnet help COMMAND", fr: "pour en savoir plus\u{A0}: carnet help COMMANDE")
  package static let manName = Phrase("NAME", fr: "NOM")
  package static let manCommands = Phrase("COMMANDS", fr: "COMMANDES")
  package static let manOptions = Phrase("OPTIONS", fr: "OPTIONS")
  package static let manExit = Phrase("EXIT STATUS", fr: "CODE DE RETOUR")
  package static let exitDone = Phrase(
    "done, also when it was done already", fr: "fait, aussi quand c’était déjà fait")
  package static let exitFailed = Phrase("another failure", fr: "autre échec")
  package static let exitCancelled = Phrase("cancelled at a prompt", fr: "annulé à une question")
  package static let exitRefused = Phrase(
    "refused by the rules, nothing moved", fr: "refusé par les règles, rien n’a bougé")
  package static let exitNoRight = Phrase(
    "the key is locked or a right is missing", fr: "la clé est verrouillée ou un droit manque")
  package static let exitUsage = Phrase(
    "the command was not understood", fr: "la commande n’a pas été comprise")
  package static let exitBadData = Phrase(
    "bad data, or the audit found something", fr: "données fautives, ou anomalie trouvée par la vérification")
  package static let exitInputMissing = Phrase(
    "something named is not there", fr: "une chose nommée n’existe pas")
  package static let exitUnreachable = Phrase(
    "the ledger was not reached, nothing was sent", fr: "le registre n’a pas été joint, rien n’a été envoyé")
  package static let exitBug = Phrase("a fault of the program", fr: "une faute du programme")
  package static let exitInputOutput = Phrase(
    "reading or writing failed", fr: "lecture ou écriture impossible")
  package static let exitUnknown = Phrase(
    "the outcome is not known: run the same command again",
    fr: "issue inconnue\u{A0}: relancez la même commande")
  package static let exitConfiguration = Phrase(
    "the configuration is wrong", fr: "la configuration est fautive")
  package static let exitInterrupted = Phrase("interrupted", fr: "interrompu")
  package static let wordError = Phrase("error", fr: "erreur")
  package static let wordHint = Phrase("hint", fr: "conseil")
}
