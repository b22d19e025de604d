/// What is said of invitations and joining on the command line and by the endpoint.
extension Phrase {
  package static let problemTooManyInvitations = Phrase(
    "at most {0} invitations are open at once; withdraw some",
    fr: "au plus {0} invitations sont ouvertes à la fois\u{202F}; retirez-en")
  package static let problemUnknownInvitation = Phrase(
    "there is no such invitation: is the link whole?",
    fr: "il n’y a pas d’invitation de ce nom\u{A0}: le lien est-il entier\u{202F}?")
  package static let problemInvitationDiffers = Phrase(
    "the note is not what the invitation offers: {0}",
    fr: "la note n’est pas ce que l’invitation offre\u{A0}: {0}")
  package static let problemInvitationExpired = Phrase(
    "this invitation has expired", fr: "cette invitation a expiré")
  package static let problemInvitationWithdrawn = Phrase(
    "this invitation was withdrawn", fr: "cette invitation a été retirée")
  package static let problemInvitationUsed = Phrase(
    "this invitation has been used", fr: "cette invitation a déjà servi")

  package static let commandInvite = Phrase(
    "invite somebody: a link and a QR, good for one",
    fr: "inviter quelqu’un\u{A0}: un lien et un QR, pour une personne")
  package static let commandInviteList = Phrase("list invitations", fr: "lister les invitations")
  package static let commandInviteAccept = Phrase(
    "look at who answered an invitation, and sign", fr: "regarder qui a répondu à une invitation, et signer")
  package static let commandInviteWithdraw = Phrase(
    "end an invitation: its link opens nothing any more",
    fr: "mettre fin à une invitation\u{A0}: son lien n’ouvre plus rien")
  package static let commandJoin = Phrase(
    "become a member by the link of an invitation", fr: "devenir membre par le lien d’une invitation")
  package static let optionInviteKind = Phrase(
    "what kind of member it will be, else a person", fr: "quel genre de membre ce sera, sinon une personne")
  package static let optionInviteHandle = Phrase(
    "the handle to suggest", fr: "l’identifiant à proposer")
  package static let optionInviteExpires = Phrase(
    "for how long the link may be used: 1m to 30d, else 7d",
    fr: "combien de temps le lien peut servir\u{A0}: de 1m à 30j, sinon 7j")
  package static let optionInviteURL = Phrase(
    "the address that the link begins with", fr: "l’adresse par laquelle commence le lien")
  package static let optionInviteWait = Phrase(
    "stay until somebody answers, then accept", fr: "rester jusqu’à une réponse, puis accepter")
  package static let optionInviteAll = Phrase(
    "everybody who answered your invitations", fr: "tous ceux qui ont répondu à vos invitations")
  package static let optionInviteWatch = Phrase(
    "stay and accept whoever answers, until interrupted",
    fr: "rester et accepter qui répond, jusqu’à interruption")
  package static let optionJoinHandle = Phrase(
    "the name people will type to pay you", fr: "le nom qu’on tapera pour vous payer")
  package static let optionJoinNoWait = Phrase(
    "do not wait for the association; run the same again to see",
    fr: "ne pas attendre l’association\u{202F}; relancez la même commande pour voir")
  package static let detailsInvite = Phrase(
    "Give the link to that person only: whoever has it may ask to join in that name, once. Nobody is a member before you have looked at the key's fingerprint and signed: carnet invite accept.",
    fr:
      "Ne donnez le lien qu’à cette personne\u{A0}: qui l’a peut demander, une fois, à devenir membre sous ce nom. Personne n’est membre avant que vous ayez regardé l’empreinte de la clé et signé\u{A0}: carnet invite accept."
  )
  package static let detailsInviteAccept = Phrase(
    "Compare the key's fingerprint with the one that person sees before you say yes. Where several officers must sign, --draft FILE writes the note for carnet note sign and carnet note send.",
    fr:
      "Comparez l’empreinte de la clé avec celle que voit la personne avant de dire oui. Là où plusieurs responsables doivent signer, --draft FICHIER écrit la note pour carnet note sign et carnet note send."
  )
  package static let detailsJoin = Phrase(
    "The key is made on this computer and never leaves it. After an interruption run the same command again: it goes on with the same key.",
    fr:
      "La clé est faite sur cet ordinateur et ne le quitte jamais. Après une interruption, relancez la même commande\u{A0}: elle continue avec la même clé."
  )

  package static let saidInvited = Phrase(
    "invitation {2} for {0}, until {1}; give the link to nobody else",
    fr: "invitation {2} pour {0}, jusqu’au {1}\u{202F}; ne donnez le lien à personne d’autre")
  package static let saidNoInvitations = Phrase("no invitations", fr: "aucune invitation")
  package static let saidNobodyWaits = Phrase(
    "nobody waits to be accepted", fr: "personne n’attend d’être accepté")
  package static let saidWatching = Phrase(
    "waiting for answers to your invitations; Ctrl-C to stop",
    fr: "en attente de réponses à vos invitations\u{202F}; Ctrl-C pour arrêter")
  package static let saidWithdrawn = Phrase("invitation {0} is withdrawn", fr: "l’invitation {0} est retirée")
  package static let saidAsksToJoin = Phrase(
    "{0} asks to join as \"{1}\" ({2})\n  fingerprint of the key  {3}",
    fr: "{0} demande à devenir membre sous «\u{A0}{1}\u{A0}» ({2})\n  empreinte de la clé  {3}")
  package static let askAccept = Phrase(
    "Does that person see the same fingerprint, and do you accept?",
    fr: "Cette personne voit-elle la même empreinte, et acceptez-vous\u{202F}?")
  package static let saidInvitation = Phrase(
    "invitation to {0}\n  origin      {1}\n  ledger key  {2}",
    fr: "invitation à {0}\n  origine         {1}\n  clé du registre {2}")
  package static let saidInvitedAs = Phrase("  for         {0} ({1})", fr: "  pour            {0} ({1})")
  package static let askHandle = Phrase(
    "The name people will type to pay you:", fr: "Le nom qu’on tapera pour vous payer\u{A0}:")
  package static let askJoin = Phrase(
    "Join as \"{0}\"?", fr: "Devenir membre sous «\u{A0}{0}\u{A0}»\u{202F}?")
  package static let saidKeyKnown = Phrase(
    "the key \"{0}\" is here already and is used", fr: "la clé «\u{A0}{0}\u{A0}» est déjà là et sert")
  package static let saidWaitsForAssociation = Phrase(
    "waiting for the association: {0} must accept\n  fingerprint of your key  {1}",
    fr: "en attente de l’association\u{A0}: {0} doit accepter\n  empreinte de votre clé  {1}")
  package static let saidJoinAgain = Phrase(
    "you may stop here with Ctrl-C and run the same command later",
    fr: "vous pouvez arrêter ici avec Ctrl-C et relancer la même commande plus tard")
  package static let saidJoined = Phrase(
    "you are a member of {0}, number {1}", fr: "vous êtes membre de {0}, numéro {1}")

  package static let invitationOpen = Phrase("open", fr: "ouverte")
  package static let invitationWaiting = Phrase("waits for you", fr: "vous attend")
  package static let invitationJoined = Phrase("joined", fr: "devenu membre")
  package static let invitationWithdrawn = Phrase("withdrawn", fr: "retirée")
  package static let invitationExpired = Phrase("expired", fr: "expirée")
  package static let headInvitationID = Phrase("Id", fr: "Id")

  package static let errorInviteNeedsServer = Phrase(
    "an invitation leads to a place that is served", fr: "une invitation mène à un lieu qui est servi")
  package static let hintInviteNeedsServer = Phrase(
    "start carnet serve, or give --public-url without --wait",
    fr: "lancez carnet serve, ou donnez --public-url sans --wait")
  package static let hintInviteExpires = Phrase("1m to 30d, such as 12h", fr: "de 1m à 30j, par exemple 12h")
  package static let errorInviteWhich = Phrase(
    "give the id of an invitation, or --all, or --watch",
    fr: "donnez l’id d’une invitation, ou --all, ou --watch")
  package static let errorInviteDraft = Phrase(
    "--draft is for one invitation", fr: "--draft est pour une invitation")
  package static let errorUnknownInvitation = Phrase(
    "there is no invitation {0}", fr: "il n’y a pas d’invitation {0}")
  package static let hintUnknownInvitation = Phrase(
    "see: carnet invite list", fr: "voyez\u{A0}: carnet invite list")
  package static let errorInviteOfAnother = Phrase(
    "another officer made this invitation and must accept it",
    fr: "un autre responsable a fait cette invitation et doit l’accepter")
  package static let errorInviteUnanswered = Phrase(
    "nobody has answered this invitation yet", fr: "personne n’a encore répondu à cette invitation")
  package static let hintInviteQuorum = Phrase(
    "several officers must sign: carnet invite accept {0} --draft FILE",
    fr: "plusieurs responsables doivent signer\u{A0}: carnet invite accept {0} --draft FICHIER")
  package static let hintInviteAgain = Phrase(
    "ask the association for a new invitation", fr: "demandez une nouvelle invitation à l’association")
  package static let hintJoinHandle = Phrase(
    "choose another with --handle", fr: "choisissez-en un autre avec --handle")
  package static let errorInvitationLink = Phrase(
    "this is not the link of an invitation", fr: "ce n’est pas le lien d’une invitation")
  package static let hintInvitationLink = Phrase(
    "it looks like https://mel.example/join/… and must be whole",
    fr: "il ressemble à https://mel.example/join/… et doit être entier")
}
