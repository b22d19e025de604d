/// What the page of an invitation says.
extension Phrase {
  package static let pageJoiningTitle = Phrase("Become a member", fr: "Devenir membre")
  package static let pageJoinInvited = Phrase(
    "{0} invites {1} to become a member.", fr: "{0} invite {1} à devenir membre.")
  package static let pageJoinHandle = Phrase(
    "The name people type to pay you", fr: "Le nom qu’on tape pour vous payer")
  package static let pageJoinHandleHint = Phrase(
    "2 to 32 letters a–z, digits and hyphens; it begins with a letter.",
    fr: "2 à 32 lettres a–z, chiffres et tirets\u{202F}; il commence par une lettre.")
  package static let pageJoinHandleBad = Phrase(
    "This cannot be such a name. Letters a–z, digits and hyphens, as in alice-durand.",
    fr: "Ce n’est pas un nom possible. Lettres a–z, chiffres et tirets, comme alice-durand.")
  package static let pageJoinHandleTaken = Phrase(
    "Somebody has this name already. Choose another.", fr: "Quelqu’un a déjà ce nom. Choisissez-en un autre.")
  package static let pageJoinMakeKey = Phrase("Make my key", fr: "Faire ma clé")
  package static let pageJoinKeyWhy = Phrase(
    "A key is made in this browser. The association never sees it.",
    fr: "Une clé est faite dans ce navigateur. L’association ne la voit jamais.")
  package static let pageJoinHaveWords = Phrase(
    "I have a key already, as 24 recovery words", fr: "J’ai déjà une clé, sous forme de 24 mots de secours")
  package static let pageJoinWordsTitle = Phrase("Write these words down", fr: "Notez ces mots")
  package static let pageJoinWordsWhy = Phrase(
    "These 24 words, in this order, are the only way back to your account if this browser is lost. They are shown this once. Write them on paper and show them to nobody.",
    fr:
      "Ces 24 mots, dans cet ordre, sont le seul moyen de retrouver votre compte si ce navigateur est perdu. Ils ne sont affichés que cette fois. Écrivez-les sur papier et ne les montrez à personne."
  )
  package static let pageJoinWordsDone = Phrase("I have written them down", fr: "Je les ai notés")
  package static let pageJoinAsk = Phrase("Ask to join", fr: "Demander à devenir membre")
  package static let pageJoinWaiting = Phrase(
    "Waiting for the association", fr: "En attente de l’association")
  package static let pageJoinWaitingWhy = Phrase(
    "{0} must accept. You may close this page and open the same link later.",
    fr: "{0} doit accepter. Vous pouvez fermer cette page et rouvrir le même lien plus tard.")
  package static let pageJoinFingerprint = Phrase(
    "Fingerprint of your key, for the association to compare",
    fr: "Empreinte de votre clé, à comparer avec l’association")
  package static let pageJoined = Phrase("You are a member", fr: "Vous êtes membre")
  package static let pageJoinedNumber = Phrase("Your number at {0}: {1}", fr: "Votre numéro à {0}\u{A0}: {1}")
  package static let pageJoinToAccount = Phrase("See my account", fr: "Voir mon compte")
  package static let pageJoinBackToPay = Phrase("Go back and pay", fr: "Revenir payer")
  package static let pageJoinNot = Phrase("This link opens nothing", fr: "Ce lien n’ouvre rien")
  package static let pageJoinAgainWhy = Phrase(
    "Ask the association for a new invitation.", fr: "Demandez une nouvelle invitation à l’association.")
  package static let pageJoinUnknown = Phrase(
    "There is no such invitation. Is the link whole?",
    fr: "Il n’y a pas d’invitation à cette adresse. Le lien est-il entier\u{202F}?")
  package static let pageJoinExpired = Phrase(
    "This invitation has expired.", fr: "Cette invitation a expiré.")
  package static let pageJoinWithdrawn = Phrase(
    "This invitation was withdrawn.", fr: "Cette invitation a été retirée.")
  package static let pageJoinUsed = Phrase(
    "This invitation has been used.", fr: "Cette invitation a déjà servi.")
  package static let pageJoinHasKey = Phrase(
    "This browser already holds the key of a member. Open the link in another browser, or remove that key first.",
    fr:
      "Ce navigateur a déjà la clé d’un membre. Ouvrez le lien dans un autre navigateur, ou retirez d’abord cette clé."
  )
}
