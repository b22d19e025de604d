extension Phrase {
  package static let problemURLMalformed = Phrase(
    "this is no address that events can be sent to",
    fr: "ce n’est pas une adresse où l’on peut envoyer des événements")
  package static let problemURLTooLong = Phrase(
    "the address is longer than 1,000 bytes", fr: "l’adresse dépasse 1 000 octets")
  package static let problemURLScheme = Phrase(
    "the address begins neither with https:// nor with http://",
    fr: "l’adresse ne commence ni par https:// ni par http://")
  package static let problemURLUserinfo = Phrase(
    "an address holds no user name and no password",
    fr: "une adresse ne contient ni nom d’utilisateur ni mot de passe")
  package static let problemURLFragment = Phrase(
    "an address for events has no part behind #", fr: "une adresse d’envoi n’a pas de partie après #")
  package static let problemURLPort = Phrase(
    "the port is 80, 443, or one from 1024 to 65535", fr: "le port est 80, 443, ou de 1024 à 65535")
  package static let problemURLAddress = Phrase(
    "nothing is sent to this kind of address", fr: "rien n’est envoyé à ce genre d’adresse")
  package static let problemTargetPrivate = Phrase(
    "this address lies on this machine or in its network: say so with --allow-private",
    fr: "cette adresse est sur cette machine ou dans son réseau\u{A0}: dites-le avec --allow-private")
  package static let problemTargetInsecure = Phrase(
    "http goes only to this machine or its network, with --allow-private; elsewhere https",
    fr: "http ne va qu’à cette machine ou à son réseau, avec --allow-private\u{202F}; ailleurs https")
  package static let problemPrivateWebhooksOff = Phrase(
    "this server sends nothing to its own network; its operator allows it with: carnet serve --allow-private-webhooks",
    fr:
      "ce serveur n’envoie rien dans son propre réseau\u{202F}; son exploitant le permet avec\u{A0}: carnet serve --allow-private-webhooks"
  )
  package static let problemWebhookExists = Phrase(
    "events are sent to this address already", fr: "des événements sont déjà envoyés à cette adresse")
  package static let problemTooManyWebhooks = Phrase(
    "there are {0} addresses at most", fr: "il y a au plus {0} adresses")
  package static let problemWebhookGone = Phrase(
    "the address answered that it is gone; test it first: carnet webhook test",
    fr: "l’adresse a répondu qu’elle n’existe plus\u{202F}; essayez-la d’abord\u{A0}: carnet webhook test")
}

extension Phrase {
  package static let commandWebhookAdd = Phrase(
    "have events sent to an address", fr: "faire envoyer des événements à une adresse")
  package static let commandWebhookList = Phrase(
    "list where events are sent", fr: "lister où les événements sont envoyés")
  package static let commandWebhookRemove = Phrase(
    "send no more events to an address", fr: "ne plus rien envoyer à une adresse")
  package static let commandWebhookTest = Phrase(
    "send an event without meaning and show the answer",
    fr: "envoyer un événement sans objet et montrer la réponse")
  package static let commandWebhookRotate = Phrase(
    "make a new key; the old one signs too for a day",
    fr: "faire une nouvelle clé\u{202F}; l’ancienne signe aussi pendant un jour")
  package static let commandWebhookDeliveries = Phrase(
    "list what became of events, newest first", fr: "lister ce que sont devenus les envois, du plus récent")
  package static let commandWebhookRedeliver = Phrase(
    "send an event again", fr: "envoyer de nouveau un événement")
  package static let optionEvents = Phrase(
    "which events, separated by commas; else all of them",
    fr: "quels événements, séparés par des virgules\u{202F}; sinon tous")
  package static let optionWebhookTill = Phrase(
    "the id of the one till whose events are sent",
    fr: "l’id de la seule caisse dont on envoie les événements")
  package static let optionAllowPrivate = Phrase(
    "the address lies on the server's machine or in its network",
    fr: "l’adresse est sur la machine du serveur ou dans son réseau")
  package static let optionAllowPrivateWebhooks = Phrase(
    "let officers have events sent to this machine and its network",
    fr: "permettre l’envoi d’événements à cette machine et à son réseau")
  package static let detailsWebhookAdd = Phrase(
    "Events are request.paid, request.expired and refund.made, by Standard Webhooks with Ed25519 signatures. The key shown verifies them; each address has its own. For officers.",
    fr:
      "Les événements sont request.paid, request.expired et refund.made, selon Standard Webhooks avec des signatures Ed25519. La clé montrée les vérifie\u{202F}; chaque adresse a la sienne. Pour les administrateurs."
  )
  package static let detailsWebhookTest = Phrase(
    "An address that had answered 410 is sent to again once it answers a test with 2xx.",
    fr: "Une adresse qui avait répondu 410 est de nouveau servie dès qu’elle répond 2xx à un essai.")
  package static let saidWebhookKey = Phrase("verified with {0}", fr: "se vérifie avec {0}")
  package static let saidWebhookPreviousKey = Phrase(
    "until {1} also with {0}", fr: "jusqu’à {1} aussi avec {0}")
  package static let saidWebhookRemoved = Phrase(
    "nothing more is sent to {0}", fr: "plus rien n’est envoyé à {0}")
  package static let saidWebhookAnswer = Phrase("answered {0} in {1} ms", fr: "a répondu {0} en {1} ms")
  package static let saidRedelivered = Phrase("delivery {0} is sent again", fr: "l’envoi {0} repart")
  package static let saidNoWebhooks = Phrase("events are sent nowhere", fr: "aucun événement n’est envoyé")
  package static let saidNoDeliveries = Phrase("nothing was sent", fr: "rien n’a été envoyé")
  package static let errorWebhookTest = Phrase(
    "the address did not take the event: {0}", fr: "l’adresse n’a pas pris l’événement\u{A0}: {0}")
  package static let errorEvents = Phrase(
    "no such event: {0}", fr: "il n’y a pas d’événement {0}")
  package static let hintEvents = Phrase(
    "events are request.paid, request.expired, refund.made",
    fr: "les événements sont request.paid, request.expired, refund.made")
  package static let headURL = Phrase("Address", fr: "Adresse")
  package static let headEvents = Phrase("Events", fr: "Événements")
  package static let headEvent = Phrase("Event", fr: "Événement")
  package static let headAttempts = Phrase("Tries", fr: "Essais")
  package static let headAnswer = Phrase("Answer", fr: "Réponse")
  package static let headNext = Phrase("Next", fr: "Prochain")
  package static let webhookWorks = Phrase("works", fr: "en service")
  package static let webhookGone = Phrase("gone", fr: "disparue")
  package static let deliveryWaiting = Phrase("waits", fr: "en attente")
  package static let deliveryDelivered = Phrase("delivered", fr: "remis")
  package static let deliveryFailed = Phrase("given up", fr: "abandonné")
}

extension Phrase {
  package static let commandListen = Phrase(
    "forward a till's events to a program you are writing",
    fr: "transmettre les événements d’une caisse à un programme en cours d’écriture")
  package static let optionForwardTo = Phrase(
    "where to send them: this machine or its network", fr: "où les envoyer\u{A0}: cette machine ou son réseau"
  )
  package static let optionListenTill = Phrase(
    "which of your tills; else the only one", fr: "laquelle de vos caisses\u{202F}; sinon la seule")
  package static let optionListenToken = Phrase(
    "the till's token in a file, instead of your key",
    fr: "le jeton de la caisse dans un fichier, au lieu de votre clé")
  package static let detailsListen = Phrase(
    "Each event is sent once, signed with a key that is made for this run and shown at the start. Ctrl-C ends it. With --json, one object a line.",
    fr:
      "Chaque événement est envoyé une fois, signé d’une clé faite pour l’occasion et montrée au début. Ctrl-C y met fin. Avec --json, un objet par ligne."
  )
  package static let saidListening = Phrase("listening to till {0}", fr: "à l’écoute de la caisse {0}")
  package static let saidListenAgain = Phrase(
    "the server is away, listening again in {0} s", fr: "serveur absent, nouvelle écoute dans {0} s")
  package static let errorWhichTill = Phrase(
    "which till? choose with --till", fr: "quelle caisse\u{202F}? choisissez avec --till")
  package static let errorListenPublic = Phrase(
    "carnet listen forwards to this machine or its network only",
    fr: "carnet listen ne transmet qu’à cette machine ou à son réseau")
  package static let hintListenPublic = Phrase(
    "for any other address an officer sets a webhook: carnet webhook add",
    fr: "pour une autre adresse, un administrateur installe un webhook\u{A0}: carnet webhook add")
  package static let errorListenNeedsServer = Phrase(
    "listening needs a server: give its address, or start carnet serve",
    fr: "l’écoute demande un serveur\u{A0}: donnez son adresse, ou lancez carnet serve")
}
