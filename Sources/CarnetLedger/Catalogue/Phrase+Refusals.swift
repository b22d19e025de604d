extension Phrase {
  static let refusalTooLarge = Phrase("the note is longer than {0} bytes", fr: "la note dépasse {0} octets")
  static let refusalTooLargeHint = Phrase(
    "shorten it or split it",
    fr: "raccourcissez-la ou faites-en plusieurs")
  static let refusalMalformed = Phrase(
    "the note is not well formed: {0}",
    fr: "la note est mal formée\u{A0}: {0}")
  static let refusalMalformedHint = Phrase(
    "make the note anew with an up-to-date program",
    fr: "refaites la note avec un programme à jour")
  static let refusalNotCanonical = Phrase(
    "the note is not written in its one canonical form",
    fr: "la note n’est pas écrite sous sa seule forme admise")
  static let refusalNotCanonicalHint = Phrase(
    "make the note anew with an up-to-date program",
    fr: "refaites la note avec un programme à jour")
  static let refusalUnknownKind = Phrase(
    "this ledger knows no note of that kind or version",
    fr: "ce registre ne connaît pas ce genre de note, ou pas cette version")
  static let refusalUnknownKindHint = Phrase(
    "update the program on the side that is older",
    fr: "mettez à jour le programme le plus ancien des deux")
  static let refusalTextMissing = Phrase(
    "the text that belongs to the field \"{0}\" was not sent along",
    fr: "le texte qui va avec le champ «\u{202F}{0}\u{202F}» n’a pas été joint")
  static let refusalTextMissingHint = Phrase(
    "send the note again together with its text",
    fr: "renvoyez la note avec son texte")
  static let refusalWrongLedger = Phrase(
    "the note is meant for another ledger",
    fr: "la note est destinée à un autre registre")
  static let refusalWrongLedgerHint = Phrase(
    "check the address of the ledger",
    fr: "vérifiez l’adresse du registre")
  static let refusalUnknownKey = Phrase(
    "this key was never enrolled for the member who signs",
    fr: "cette clé n’a jamais été inscrite pour le membre qui signe")
  static let refusalUnknownKeyHint = Phrase(
    "check who you act as, or ask an officer to enrol your key",
    fr: "vérifiez au nom de qui vous agissez, ou demandez à un responsable d’inscrire votre clé")
  static let refusalBadSignature = Phrase(
    "a signature is missing or does not fit the note",
    fr: "une signature manque ou ne correspond pas à la note")
  static let refusalBadSignatureHint = Phrase(
    "sign the note anew with the right key",
    fr: "signez de nouveau la note avec la bonne clé")
  static let refusalExpired = Phrase(
    "the note came after the time it was valid for",
    fr: "la note est arrivée après sa date limite")
  static let refusalExpiredHint = Phrase(
    "check the clock of this device and make the note anew",
    fr: "vérifiez l’horloge de cet appareil et refaites la note")
  static let refusalTooFarAhead = Phrase(
    "the note asks to be valid for too long",
    fr: "la note demande à rester valable trop longtemps")
  static let refusalTooFarAheadHint = Phrase(
    "check the clock of this device and make the note anew",
    fr: "vérifiez l’horloge de cet appareil et refaites la note")
  static let refusalVoided = Phrase(
    "the note was cancelled by its signer",
    fr: "la note a été annulée par son signataire")
  static let refusalVoidedHint = Phrase(
    "nothing moved; make a new note if you still want it",
    fr: "rien n’a bougé\u{202F}; refaites une note si vous le souhaitez encore")
  static let refusalKeyInactive = Phrase(
    "this key is revoked or not active yet",
    fr: "cette clé est révoquée ou pas encore active")
  static let refusalKeyInactiveHint = Phrase(
    "use another of your keys, or wait until the new one is active",
    fr: "utilisez une autre de vos clés, ou attendez que la nouvelle soit active")
  static let refusalRoleMissing = Phrase(
    "only a member with the right role may do that",
    fr: "seul un membre qui a le rôle voulu peut le faire")
  static let refusalRoleMissingHint = Phrase(
    "ask an officer of the association",
    fr: "demandez à un responsable de l’association")
  static let refusalSignaturesMissing = Phrase(
    "{0} of the {1} signatures needed are there",
    fr: "{0} des {1} signatures nécessaires sont réunies")
  static let refusalSignaturesMissingHint = Phrase(
    "have the note signed by the others and send it again",
    fr: "faites signer la note par les autres puis renvoyez-la")
  static let refusalUnknownMember = Phrase(
    "no member has the number {0}",
    fr: "aucun membre n’a le numéro {0}")
  static let refusalUnknownMemberHint = Phrase(
    "check the number or the handle",
    fr: "vérifiez le numéro ou l’identifiant")
  static let refusalUnknownRecord = Phrase("there is no such record", fr: "cet enregistrement n’existe pas")
  static let refusalUnknownRecordHint = Phrase(
    "check its number in the statement",
    fr: "vérifiez son numéro dans le relevé")
  static let refusalNumberTaken = Phrase(
    "this number belongs to another member",
    fr: "ce numéro appartient à un autre membre")
  static let refusalNumberTakenHint = Phrase(
    "enrol again: a new number will be drawn",
    fr: "recommencez l’inscription\u{A0}: un autre numéro sera tiré")
  static let refusalCurrencyTaken = Phrase(
    "there is already a currency with this code",
    fr: "une monnaie porte déjà ce code")
  static let refusalCurrencyTakenHint = Phrase("choose another code", fr: "choisissez un autre code")
  static let refusalKeyTaken = Phrase(
    "this key is or was already in use",
    fr: "cette clé sert ou a déjà servi")
  static let refusalKeyTakenHint = Phrase(
    "make a new key; each serves one member once",
    fr: "créez une nouvelle clé\u{202F}; chacune ne sert qu’une fois, à un membre")
  static let refusalKeyInvalid = Phrase(
    "this is not a valid public key",
    fr: "ce n’est pas une clé publique valable")
  static let refusalKeyInvalidHint = Phrase(
    "copy it again as it was printed",
    fr: "recopiez-la telle qu’elle a été affichée")
  static let refusalNoSuchKey = Phrase(
    "the member has no such key in use",
    fr: "le membre n’a pas cette clé en service")
  static let refusalNoSuchKeyHint = Phrase(
    "see the keys of the member", fr: "voyez les clés du membre")
  static let refusalHandleTaken = Phrase(
    "another member has this handle",
    fr: "un autre membre porte cet identifiant")
  static let refusalHandleTakenHint = Phrase("choose another handle", fr: "choisissez un autre identifiant")
  static let refusalDuplicateReference = Phrase(
    "this bank reference was already used for a change",
    fr: "cette référence bancaire a déjà servi pour un change")
  static let refusalDuplicateReferenceHint = Phrase(
    "check the bank statement: the transfer is already booked",
    fr: "vérifiez le relevé de banque\u{A0}: ce virement est déjà inscrit")
  static let refusalAlreadyRecorded = Phrase(
    "too late: the note is record {0} already",
    fr: "trop tard\u{A0}: la note est déjà l’enregistrement {0}")
  static let refusalAlreadyRecordedHint = Phrase(
    "ask for a refund instead",
    fr: "demandez plutôt un remboursement")
  static let refusalNotAccredited = Phrase(
    "only accredited businesses reconvert",
    fr: "seuls les professionnels agréés reconvertissent")
  static let refusalNotAccreditedHint = Phrase(
    "ask an officer for accreditation",
    fr: "demandez l’agrément à un responsable")
  static let refusalSuspended = Phrase(
    "member {0} may neither pay nor receive at present",
    fr: "le membre {0} ne peut ni payer ni recevoir en ce moment")
  static let refusalSuspendedHint = Phrase("ask the association", fr: "adressez-vous à l’association")
  static let refusalUnknownRequest = Phrase(
    "there is no such payment request",
    fr: "cette demande de paiement n’existe pas")
  static let refusalUnknownRequestHint = Phrase("check the code", fr: "vérifiez le code")
  static let refusalRequestCancelled = Phrase(
    "the payment request was cancelled",
    fr: "la demande de paiement a été annulée")
  static let refusalRequestCancelledHint = Phrase(
    "ask the merchant for a new one",
    fr: "demandez-en une nouvelle au commerçant")
  static let refusalRequestExpired = Phrase(
    "the payment request has expired",
    fr: "la demande de paiement a expiré")
  static let refusalRequestExpiredHint = Phrase(
    "ask the merchant for a new one",
    fr: "demandez-en une nouvelle au commerçant")
  static let refusalRequestPaid = Phrase(
    "the payment request is already paid",
    fr: "la demande de paiement est déjà payée")
  static let refusalRequestPaidHint = Phrase("nothing to do", fr: "il n’y a rien à faire")
  static let refusalRequestDiffers = Phrase(
    "payee, currency or amount differ from the payment request",
    fr: "le bénéficiaire, la monnaie ou le montant diffèrent de la demande")
  static let refusalRequestDiffersHint = Phrase(
    "pay the request as it stands",
    fr: "payez la demande telle quelle")
  static let refusalFeeDiffers = Phrase(
    "the fee must be {0}",
    fr: "les frais doivent être de {0}")
  static let refusalFeeDiffersHint = Phrase(
    "make the note anew with the fee in force",
    fr: "refaites la note avec les frais en vigueur")
  static let refusalNotReversible = Phrase(
    "a record of this kind is not reversed",
    fr: "on ne revient pas sur un enregistrement de ce genre")
  static let refusalNotReversibleHint = Phrase(
    "mend it by a new record",
    fr: "corrigez par un nouvel enregistrement")
  static let refusalReasonMissing = Phrase(
    "an officer who reverses gives a reason",
    fr: "un responsable qui annule donne un motif")
  static let refusalReasonMissingHint = Phrase("add a reason", fr: "ajoutez un motif")
  static let refusalStartsInPast = Phrase(
    "a setting cannot start in the past",
    fr: "un réglage ne peut pas commencer dans le passé")
  static let refusalStartsInPastHint = Phrase("choose a start from now on", fr: "choisissez un début à venir")
  static let refusalSettingInvalid = Phrase(
    "this value is not allowed for this setting",
    fr: "cette valeur n’est pas permise pour ce réglage")
  static let refusalSettingInvalidHint = Phrase("see the list of settings", fr: "voyez la liste des réglages")
  static let refusalRulesUnsupported = Phrase(
    "these rules are unknown to this program, or older than those in force",
    fr: "ces règles sont inconnues de ce programme, ou plus anciennes que celles en vigueur")
  static let refusalRulesUnsupportedHint = Phrase("update the program", fr: "mettez à jour le programme")
  static let refusalLimitsInvalid = Phrase(
    "these limits do not fit each other or the currency",
    fr: "ces limites ne vont pas ensemble ou pas avec la monnaie")
  static let refusalLimitsInvalidHint = Phrase(
    "the floor is at most the ceiling; a backed currency has no floor below zero",
    fr: "le plancher ne dépasse pas le plafond\u{202F}; une monnaie adossée n’a pas de plancher sous zéro")
  static let refusalBalanceNotZero = Phrase(
    "a member with a balance cannot be closed",
    fr: "un membre dont le solde n’est pas nul ne peut pas être clos")
  static let refusalBalanceNotZeroHint = Phrase("settle the balance first", fr: "soldez d’abord le compte")
  static let refusalNotSuspendedLongEnough = Phrase(
    "an account is settled once its member was suspended for 60 days",
    fr: "un compte se solde quand son membre est suspendu depuis 60 jours")
  static let refusalNotSuspendedLongEnoughHint = Phrase(
    "suspend the member and wait",
    fr: "suspendez le membre et attendez")
  static let refusalNothingToSettle = Phrase("the balance is zero already", fr: "le solde est déjà nul")
  static let refusalNothingToSettleHint = Phrase("nothing to do", fr: "il n’y a rien à faire")
  static let refusalOfficersTooFew = Phrase(
    "that would leave {0} active officers where {1} are needed",
    fr: "il resterait {0} responsables actifs alors qu’il en faut {1}")
  static let refusalOfficersTooFewHint = Phrase(
    "give the role to someone else first",
    fr: "donnez d’abord le rôle à quelqu’un d’autre")
  static let refusalTooManyKeys = Phrase(
    "this member has had as many keys as one member can have",
    fr: "ce membre a eu autant de clés qu’un membre peut en avoir")
  static let refusalTooManyKeysHint = Phrase(
    "use one of the keys there are",
    fr: "utilisez une des clés existantes")
  static let refusalSameAccount = Phrase(
    "both sides are the same account",
    fr: "les deux côtés sont le même compte")
  static let refusalSameAccountHint = Phrase("choose another payee", fr: "choisissez un autre bénéficiaire")
  static let refusalCurrencyMismatch = Phrase(
    "{0} is not a currency for that",
    fr: "{0} n’est pas une monnaie pour cela")
  static let refusalCurrencyMismatchHint = Phrase("check the currency", fr: "vérifiez la monnaie")
  static let refusalAmountDiffers = Phrase(
    "this record is reversed whole: {0}",
    fr: "cet enregistrement s’annule en entier\u{A0}: {0}")
  static let refusalAmountDiffersHint = Phrase("give the whole amount", fr: "indiquez le montant entier")
  static let refusalReversalExceeds = Phrase(
    "more than what is left to reverse: {0}",
    fr: "plus que ce qui reste à annuler\u{A0}: {0}")
  static let refusalReversalExceedsHint = Phrase(
    "give a smaller amount",
    fr: "indiquez un montant plus petit")
  static let refusalOverflow = Phrase(
    "the result is beyond what one account can hold",
    fr: "le résultat dépasse ce qu’un compte peut contenir")
  static let refusalOverflowHint = Phrase("use a smaller amount", fr: "indiquez un montant plus petit")
  static let refusalInsufficientFunds = Phrase(
    "{0} has {1} available, not enough",
    fr: "{0} dispose de {1}, ce n’est pas assez")
  static let refusalInsufficientFundsHint = Phrase(
    "use a smaller amount",
    fr: "indiquez un montant plus petit")
  static let refusalCeilingExceeded = Phrase(
    "{0} can take {1} more, not that much",
    fr: "{0} peut encore recevoir {1}, pas davantage")
  static let refusalCeilingExceededHint = Phrase(
    "use a smaller amount, or ask the association for a higher ceiling",
    fr: "indiquez un montant plus petit, ou demandez un plafond plus haut à l’association")
}
