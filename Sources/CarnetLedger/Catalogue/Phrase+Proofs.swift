extension Phrase {
  // Commands and options.
  package static let commandClosingCutoff = Phrase(
    "keep the state as it is now, for a closing", fr: "garder l’état tel qu’il est, pour une clôture")
  package static let commandClosingMake = Phrase(
    "close a month or a year: totals that members can check, and the bank’s reserve",
    fr: "clôturer un mois ou une année\u{A0}: des totaux que chacun peut vérifier, et la réserve en banque")
  package static let commandClosingList = Phrase(
    "list cutoffs and closings", fr: "lister les arrêtés et les clôtures")
  package static let commandClosingProof = Phrase(
    "the proof that a balance is counted in a closing",
    fr: "la preuve qu’un solde est compté dans une clôture")
  package static let commandClosingVerify = Phrase(
    "check a closing proof, with no network and no ledger",
    fr: "vérifier une preuve de clôture, sans réseau et sans registre")
  package static let commandMemberErase = Phrase(
    "erase a member’s cards and the reasons given about them",
    fr: "effacer les fiches d’un membre et les motifs qui le concernent")
  package static let commandMemoErase = Phrase(
    "erase the memo or the reason of a record", fr: "effacer le message ou le motif d’un enregistrement")
  package static let commandWitnessInit = Phrase(
    "make a witness for neighbouring places", fr: "créer un témoin pour les lieux voisins")
  package static let commandWitnessTrust = Phrase(
    "vouch for a ledger from now on", fr: "se porter témoin d’un registre désormais")
  package static let commandWitnessServe = Phrase(
    "cosign the checkpoints of the ledgers that are vouched for",
    fr: "cosigner les points de contrôle des registres suivis")
  package static let commandWitnessAdd = Phrase(
    "have a witness cosign this ledger’s checkpoints",
    fr: "faire cosigner les points de contrôle de ce registre par un témoin")
  package static let commandWitnessRemove = Phrase(
    "ask a witness no more", fr: "ne plus demander à un témoin")
  package static let commandWitnessAsk = Phrase(
    "ask every witness now", fr: "demander à chaque témoin maintenant")
  package static let commandPolicyShow = Phrase(
    "the ledger’s witnesses and how many are enough, for members to check with",
    fr: "les témoins du registre et combien suffisent, pour que les membres vérifient")
  package static let commandPolicyQuorum = Phrase(
    "set how many witnesses are enough", fr: "fixer combien de témoins suffisent")
  package static let optionAttested = Phrase(
    "euros that the bank statement shows", fr: "les euros que montre le relevé bancaire")
  package static let optionStatementDate = Phrase(
    "the day of the bank statement", fr: "le jour du relevé bancaire")
  package static let optionStatement = Phrase(
    "the bank statement; only its salted hash is recorded",
    fr: "le relevé bancaire\u{202F}; seule son empreinte salée est inscrite")
  package static let optionCutoff = Phrase("the record of the cutoff", fr: "l’enregistrement de l’arrêté")
  package static let optionWithMemos = Phrase(
    "the memos of their payments too", fr: "les messages de ses paiements aussi")
  package static let optionWithKeys = Phrase(
    "with the records that enrolled the signers’ keys",
    fr: "avec les enregistrements qui ont inscrit les clés des signataires")
  package static let optionKeys = Phrase(
    "receipts of the records that enrolled the keys", fr: "reçus des enregistrements qui ont inscrit les clés"
  )
  package static let optionPolicy = Phrase(
    "the witnesses that must have cosigned (C2SP tlog-policy)",
    fr: "les témoins qui doivent avoir cosigné (C2SP tlog-policy)")
  package static let optionSinceCheckpoint = Phrase(
    "a checkpoint or receipt that was kept: the journal must contain it",
    fr: "un point de contrôle ou reçu gardé\u{A0}: le journal doit le contenir")
  package static let optionWitnessDir = Phrase("the folder of the witness", fr: "le dossier du témoin")
  package static let optionPrevious = Phrase(
    "the last checkpoint of the ledger that this one goes on from",
    fr: "le dernier point de contrôle du registre que celui-ci continue")
  package static let detailsRestore = Phrase(
    "A copy that is older than what was published must not be written to: somebody holds receipts for what came after it. Ways out:\n1. Find the newer file or backup: the numbers that are missing are named, witnesses and wallets know how many there were.\n2. Nobody holds anything newer: put FILE.key beside the copy and start once with carnet serve --head-lost; a witness has to agree.\n3. Records are lost for good: open new books under another origin with carnet init --previous CHECKPOINTFILE, which names the last checkpoint of the old ones, and enter the balances that members can show receipts for.",
    fr:
      "On n’écrit pas dans une copie plus ancienne que ce qui a été publié\u{A0}: quelqu’un détient des reçus pour la suite. Les issues\u{A0}:\n1. Retrouver le fichier ou la copie plus récents\u{A0}: les numéros manquants sont nommés, témoins et portefeuilles savent combien il y en avait.\n2. Personne ne détient rien de plus récent\u{A0}: remettre FILE.key à côté de la copie et démarrer une fois avec carnet serve --head-lost\u{202F}; un témoin doit être d’accord.\n3. Des enregistrements sont perdus pour de bon\u{A0}: ouvrir de nouveaux livres sous une autre origine avec carnet init --previous CHECKPOINTFILE, qui nomme le dernier point de contrôle des anciens, et saisir les soldes dont les membres montrent les reçus."
  )
  // Answers.
  package static let saidCutoff = Phrase(
    "the state at the end of {0} is kept", fr: "l’état de fin {0} est gardé")
  package static let saidClosed = Phrase("{0} is closed", fr: "{0} est clôturé")
  package static let saidStatementSalt = Phrase(
    "keep this with the bank statement, it shows which one was attested: {0}",
    fr: "gardez ceci avec le relevé, cela montre lequel a été attesté\u{A0}: {0}")
  package static let saidErased = Phrase(
    "the texts about {0} are erased; what was signed stays",
    fr: "les textes concernant {0} sont effacés\u{202F}; ce qui a été signé reste")
  package static let saidMemoErased = Phrase(
    "the text of record {0} is erased; what was signed stays",
    fr: "le texte de l’enregistrement {0} est effacé\u{202F}; ce qui a été signé reste")
  package static let saidWitnessTrusts = Phrase("vouching for {0} from now on", fr: "témoin de {0} désormais")
  package static let saidWitnessing = Phrase(
    "witness {0}, at {1}; stop with Ctrl-C", fr: "témoin {0}, à {1}\u{202F}; arrêt par Ctrl-C")
  package static let saidWitnessAdded = Phrase(
    "{0} will be asked after each commit; have it trust this ledger’s key: carnet place key",
    fr:
      "{0} sera sollicité après chaque inscription\u{202F}; faites-lui suivre la clé de ce registre\u{A0}: carnet place key"
  )
  package static let saidWitnessSilent = Phrase(
    "the witness {0} does not answer; going on, it is asked again",
    fr: "le témoin {0} ne répond pas\u{202F}; on continue, il sera sollicité de nouveau")
  package static let verdictCosigned = Phrase("cosigned", fr: "cosigné")
  package static let verdictAhead = Phrase(
    "knows {0} records, more than are here", fr: "connaît {0} enregistrements, plus qu’il n’y en a ici")
  package static let verdictDiffers = Phrase("knows another history", fr: "connaît une autre histoire")
  package static let verdictUnreachable = Phrase("does not answer", fr: "ne répond pas")
  package static let verdictRefused = Phrase("refused ({0})", fr: "a refusé ({0})")
  package static let saidProofBalance = Phrase(
    "{0} had {1} at record {2}", fr: "{0} avait {1} à l’enregistrement {2}")
  package static let saidProofTotal = Phrase(
    "counted in the total of {0} of the closing in record {1}",
    fr: "compté dans le total de {0} de la clôture à l’enregistrement {1}")
  package static let saidProofProven = Phrase(
    "proven: the balance, and that it is part of that total",
    fr: "prouvé\u{A0}: le solde, et qu’il fait partie de ce total")
  package static let saidProofAttested = Phrase(
    "only attested by officers: {0} EUR in the bank on {1}",
    fr: "seulement attesté par les responsables\u{A0}: {0} EUR en banque le {1}")
  package static let saidProofShows = Phrase(
    "whoever reads this proof sees this balance and one other, without a name",
    fr: "qui lit cette preuve voit ce solde et un autre, sans nom")
  package static let saidReceiptWitnessed = Phrase("cosigned by {0}", fr: "cosigné par {0}")
  package static let saidReceiptKeys = Phrase(
    "the keys of {0} are those that the ledger enrolled",
    fr: "les clés de {0} sont celles que le registre a inscrites")
  package static let receiptPaid = Phrase("{0} paid {1} {2} on {3}", fr: "{0} a payé à {1} {2} le {3}")
  package static let receiptChanged = Phrase(
    "{0} changed euros for {1} on {2} (entered by the counter, not signed by the member)",
    fr: "{0} a changé des euros contre {1} le {2} (saisi au comptoir, non signé par le membre)")
  package static let receiptReconverted = Phrase(
    "{0} gave back {1} for euros on {2}", fr: "{0} a rendu {1} contre des euros le {2}")
  package static let receiptReversed = Phrase(
    "record {0} was reversed by {1} on {2}", fr: "l’enregistrement {0} a été annulé par {1} le {2}")
  package static let receiptOther = Phrase("{0} by {1} on {2}", fr: "{0} par {1} le {2}")
  package static let wordMinorUnits = Phrase("{0} {1} (minor units)", fr: "{0} {1} (unités mineures)")
  package static let headCutoff = Phrase("cutoff", fr: "arrêté")
  package static let headPeriod = Phrase("period", fr: "période")
  package static let headClosing = Phrase("closing", fr: "clôture")
  package static let headAttested = Phrase("attested", fr: "attesté")
  package static let headReserve = Phrase("booked", fr: "inscrit")
  package static let askErase = Phrase(
    "erase every card of {0} and the reasons about them, and {1} memos? this cannot be undone",
    fr:
      "effacer toutes les fiches de {0}, les motifs qui le concernent et {1} messages\u{202F}? c’est sans retour"
  )
  package static let askEraseMemo = Phrase(
    "erase the text of record {0}? this cannot be undone",
    fr: "effacer le texte de l’enregistrement {0}\u{202F}? c’est sans retour")
  // Errors.
  package static let errorCheckpointFile = Phrase(
    "{0} holds neither a checkpoint nor a receipt", fr: "{0} ne contient ni point de contrôle ni reçu")
  package static let errorPeriod = Phrase(
    "a period is a year (2026) or a month (2026-03)",
    fr: "une période est une année (2026) ou un mois (2026-03)")
  package static let errorAttestation = Phrase(
    "a place with a backed currency attests its reserve: --attested, --date and --statement",
    fr: "un lieu à monnaie adossée atteste sa réserve\u{A0}: --attested, --date et --statement")
  package static let errorNoClosing = Phrase("there is no closing yet", fr: "il n’y a pas encore de clôture")
  package static let errorClosingProof = Phrase(
    "this closing proof does not hold: {0}", fr: "cette preuve de clôture ne tient pas\u{A0}: {0}")
  package static let errorWhichKey = Phrase(
    "the key of {0} is not known here", fr: "la clé de {0} n’est pas connue ici")
  package static let hintWhichKey = Phrase(
    "give it: --vkey, as the association publishes it",
    fr: "indiquez-la\u{A0}: --vkey, telle que l’association la publie")
  package static let errorPolicy = Phrase(
    "{0} is not a policy: {1}", fr: "{0} n’est pas une politique de témoins\u{A0}: {1}")
  package static let errorPolicyForeign = Phrase(
    "this policy was written by other hands; edit FILE.policy itself",
    fr: "cette politique a été écrite à la main\u{202F}; modifiez FILE.policy directement")
  package static let errorPolicyOtherLog = Phrase(
    "the policy is for another ledger", fr: "la politique concerne un autre registre")
  package static let errorRecordPlace = Phrase(
    "the record does not belong where the receipt puts it",
    fr: "l’enregistrement n’est pas à la place que dit le reçu")
  package static let errorKeyReceipt = Phrase(
    "{0} does not enrol a key that signed", fr: "{0} n’inscrit aucune clé qui a signé")
  package static let errorWitnessKey = Phrase(
    "this is not the verifier key of a witness", fr: "ce n’est pas la clé de vérification d’un témoin")
  package static let errorUnknownWitness = Phrase(
    "no witness is called {0}", fr: "aucun témoin ne s’appelle {0}")
  package static let errorQuorum = Phrase(
    "a quorum is 0 to {0}, the number of witnesses", fr: "un quorum va de 0 à {0}, le nombre de témoins")
  package static let errorNoWitnesses = Phrase(
    "this ledger has no witnesses", fr: "ce registre n’a pas de témoin")
  package static let hintNoWitnesses = Phrase(
    "add one: carnet witness add NAME URL VKEY", fr: "ajoutez-en un\u{A0}: carnet witness add NAME URL VKEY")
  package static let errorWitnessDiffers = Phrase(
    "the witness {0} knows another history of this ledger",
    fr: "le témoin {0} connaît une autre histoire de ce registre")
  package static let hintWitnessDiffers = Phrase(
    "write nothing; keep this file as evidence and find the one that {0} saw; if the witness is at fault: carnet witness remove {0}",
    fr:
      "n’écrivez rien\u{202F}; gardez ce fichier comme preuve et retrouvez celui qu’a vu {0}\u{202F}; si le témoin se trompe\u{A0}: carnet witness remove {0}"
  )
  package static let hintWitnessAhead = Phrase(
    "the witness {0} has seen them: find the newer file or backup, or go on as a new ledger (carnet help restore)",
    fr:
      "le témoin {0} les a vus\u{A0}: retrouvez le fichier ou la copie plus récents, ou continuez comme nouveau registre (carnet help restore)"
  )
  package static let errorWitnessesSilent = Phrase(
    "FILE.head is lost and no witness answers: nobody can tell whether this copy is old",
    fr:
      "FILE.head est perdu et aucun témoin ne répond\u{A0}: personne ne peut dire si cette copie est ancienne"
  )
  package static let hintWitnessesSilent = Phrase(
    "try again when a witness can be reached", fr: "réessayez quand un témoin est joignable")
  package static let errorLedgerShrunk = Phrase(
    "this ledger shows fewer records than it did before",
    fr: "ce registre montre moins d’enregistrements qu’avant")
  package static let errorLedgerForked = Phrase(
    "this ledger has signed two different histories of the same length",
    fr: "ce registre a signé deux histoires différentes de même longueur")
  package static let errorLedgerRewritten = Phrase(
    "this ledger has rewritten what it showed before", fr: "ce registre a réécrit ce qu’il montrait avant")
  package static let hintEvidence = Phrase(
    "do not pay; show this file to the association and to others, both checkpoints in it are signed: {0}",
    fr:
      "ne payez pas\u{202F}; montrez ce fichier à l’association et aux autres, les deux points de contrôle y sont signés\u{A0}: {0}"
  )
}
