extension Phrase {
  package static let storeServiceNewer = Phrase(
    "FILE.service was made by a newer program", fr: "FILE.service vient d’un programme plus récent")
  package static let storeServiceDamaged = Phrase(
    "FILE.service is damaged; no money is in it",
    fr: "FILE.service est endommagé\u{202F}; il ne contient pas d’argent")
  package static let storeServiceDamagedHint = Phrase(
    "move it aside: tills are then set up anew, the ledger stays as it is",
    fr:
      "mettez-le de côté\u{A0}: les caisses seront à refaire, le registre reste comme il est"
  )
  package static let storeServiceExposed = Phrase(
    "others may read or write FILE.service", fr: "d’autres peuvent lire ou écrire FILE.service")
  package static let storeServiceExposedHint = Phrase(
    "chmod 600 FILE.service", fr: "chmod 600 FILE.service")
}
