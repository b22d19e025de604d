extension Phrase {
  package static let commandAuditReport = Phrase(
    "the figures of the place for its assembly, as one page that prints",
    fr: "les chiffres du lieu pour son assemblée, en une page imprimable")
  package static let optionHTML = Phrase("the page", fr: "la page")
  package static let optionCSV = Phrase(
    "a folder for the tables as CSV", fr: "un dossier pour les tableaux en CSV")
  package static let reportTitle = Phrase("{0}: the books", fr: "{0}\u{A0}: les comptes")
  package static let reportOf = Phrase(
    "{0}: {1} records, the newest of {2}. Months are calendar months in UTC.",
    fr: "{0}\u{A0}: {1} enregistrements, le dernier du {2}. Les mois sont des mois civils en UTC.")
  package static let reportAudit = Phrase("The audit", fr: "La vérification")
  package static let reportCirculation = Phrase("in circulation", fr: "en circulation")
  package static let reportPositive = Phrase("balances above zero", fr: "soldes positifs")
  package static let reportReserve = Phrase("guarantee fund (EUR)", fr: "fonds de garantie (EUR)")
  package static let reportIssued = Phrase("changed into units", fr: "changé en unités")
  package static let reportRedeemed = Phrase("changed back", fr: "reconverti")
  package static let reportVolume = Phrase("paid between accounts", fr: "payé entre comptes")
  package static let reportActive = Phrase("active accounts", fr: "comptes actifs")
  package static let reportMonth = Phrase("month", fr: "mois")
  package static let reportMonths = Phrase("{0}, month by month", fr: "{0}, mois par mois")
  package static let reportChart = Phrase(
    "{0} from {1} to {2}; the figures stand in the table below",
    fr: "{0} de {1} à {2}\u{202F}; les chiffres sont dans le tableau ci-dessous")
  package static let reportFew = Phrase("< 5", fr: "< 5")
  package static let reportVelocity = Phrase(
    "Velocity: {0} = paid {1} × {2} months / sum of the {2} month-end circulations {3}.",
    fr: "Vitesse de circulation\u{A0}: {0} = payé {1} × {2} mois / somme des {2} encours de fin de mois {3}.")
  package static let reportDistribution = Phrase("How balances are spread", fr: "La répartition des soldes")
  package static let reportBalances = Phrase(
    "member accounts by balance ({0})", fr: "comptes des membres selon leur solde ({0})")
  package static let reportFrom = Phrase("from", fr: "de")
  package static let reportBelow = Phrase("to below", fr: "à moins de")
  package static let reportAccounts = Phrase("accounts", fr: "comptes")
  package static let reportTooFew = Phrase(
    "Fewer than five member accounts: their balances are not shown.",
    fr: "Moins de cinq comptes de membres\u{A0}: leurs soldes ne sont pas montrés.")
  package static let reportLorenz = Phrase(
    "Lorenz curve of the balances above zero", fr: "courbe de Lorenz des soldes positifs")
  package static let reportShareAccounts = Phrase("share of the accounts", fr: "part des comptes")
  package static let reportShareUnits = Phrase("share of the units", fr: "part des unités")
  package static let reportEquality = Phrase("if all had the same", fr: "si tous avaient autant")
  package static let reportGini = Phrase(
    "Gini coefficient: {0} over {1} accounts with a balance above zero (0: all have the same; 1: one has everything).",
    fr:
      "Coefficient de Gini\u{A0}: {0} sur {1} comptes au solde positif (0\u{A0}: tous ont autant\u{202F}; 1\u{A0}: un seul a tout)."
  )
  package static let reportTrialBalance = Phrase("Trial balance", fr: "Balance générale")
  package static let reportAccount = Phrase("account", fr: "compte")
  package static let reportMembers = Phrase("members", fr: "membres")
  package static let reportMembersAbove = Phrase("members above zero", fr: "membres au-dessus de zéro")
  package static let reportMembersBelow = Phrase("members below zero", fr: "membres au-dessous de zéro")
  package static let reportSum = Phrase("sum", fr: "somme")
  package static let reportClosings = Phrase("Closings", fr: "Clôtures")
  package static let reportVerify = Phrase("Checking this yourself", fr: "Vérifier soi-même")
  package static let reportVerifyHow = Phrase(
    "This is the newest checkpoint, signed by the ledger. Keep it: a later copy of the books must contain it.",
    fr:
      "Voici le dernier point de contrôle, signé par le registre. Gardez-le\u{A0}: toute copie ultérieure des comptes doit le contenir."
  )
  package static let reportCSV = Phrase("this table as CSV", fr: "ce tableau en CSV")
  package static let reportRule = Phrase(
    "No figure here covers fewer than five members’ accounts; where it would, it says < 5, and groups are joined until they hold five. Units in circulation and the guarantee fund are always shown.",
    fr:
      "Aucun chiffre ne couvre moins de cinq comptes de membres\u{202F}; sinon il est écrit < 5, et les groupes sont réunis jusqu’à cinq. L’encours et le fonds de garantie sont toujours montrés."
  )
}
