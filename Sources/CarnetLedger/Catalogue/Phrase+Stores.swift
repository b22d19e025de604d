extension Phrase {
  package static let storeMissing = Phrase(
    "there is no ledger at this place", fr: "il n’y a pas de registre à cet endroit")
  package static let storeMissingHint = Phrase(
    "check the path, or open one: carnet init", fr: "vérifiez le chemin, ou ouvrez-en un\u{A0}: carnet init")
  package static let storeExists = Phrase(
    "something is there already", fr: "il y a déjà quelque chose à cet endroit")
  package static let storeExistsHint = Phrase("choose another name", fr: "choisissez un autre nom")
  package static let storeNotALedger = Phrase(
    "this file is not a ledger", fr: "ce fichier n’est pas un registre")
  package static let storeNotALedgerHint = Phrase("check the path", fr: "vérifiez le chemin")
  package static let storeNewerSchema = Phrase(
    "the ledger was made by a newer program", fr: "le registre vient d’un programme plus récent")
  package static let storeNewerSchemaHint = Phrase("update this program", fr: "mettez ce programme à jour")
  package static let storeOlderSchema = Phrase(
    "the ledger was made by an older program", fr: "le registre vient d’un programme plus ancien")
  package static let storeOlderSchemaHint = Phrase(
    "a command that writes, or carnet serve, brings it up to date and keeps a copy of the old file",
    fr: "une commande qui écrit, ou carnet serve, le met à jour et garde une copie de l’ancien fichier")
  package static let storeLocked = Phrase(
    "another process writes to this ledger ({0})", fr: "un autre processus écrit dans ce registre ({0})")
  package static let storeLockedHint = Phrase(
    "wait until it ends, or use the address it serves",
    fr: "attendez qu’il finisse, ou passez par l’adresse qu’il sert")
  package static let storeReadOnly = Phrase(
    "the ledger can only be read", fr: "le registre est en lecture seule")
  package static let storeReadOnlyHint = Phrase(
    "check the rights of file and folder", fr: "vérifiez les droits du fichier et du dossier")
  package static let storeFull = Phrase(
    "the disk is full", fr: "le disque est plein")
  package static let storeFullHint = Phrase(
    "make room, then run the same command again", fr: "faites de la place, puis relancez la même commande")
  package static let storeBusy = Phrase("the ledger is busy", fr: "le registre est occupé")
  package static let storeBusyHint = Phrase("run the same command again", fr: "relancez la même commande")
  package static let storeDamaged = Phrase(
    "the ledger is damaged at: {0}", fr: "le registre est abîmé à\u{A0}: {0}")
  package static let storeDamagedHint = Phrase(
    "run carnet audit; do not write to it; restore a backup",
    fr: "lancez carnet audit\u{202F}; n’y écrivez pas\u{202F}; restaurez une sauvegarde")
  package static let storeRecordsMissing = Phrase(
    "records {0} to {1} are missing: this file is older than what was published",
    fr: "les enregistrements {0} à {1} manquent\u{A0}: ce fichier est plus ancien que ce qui a été publié")
  package static let storeRecordsMissingHint = Phrase(
    "find the newer file or backup; nothing is written to this one",
    fr: "retrouvez le fichier ou la sauvegarde plus récents\u{202F}; on n’écrit pas dans celui-ci")
  package static let storeHeadDiffers = Phrase(
    "this file holds another history than the one published",
    fr: "ce fichier contient une autre histoire que celle publiée")
  package static let storeHeadDiffersHint = Phrase(
    "keep both files as evidence and restore a backup",
    fr: "gardez les deux fichiers comme preuves et restaurez une sauvegarde")
  package static let storeHeadMissing = Phrase("FILE.head is missing", fr: "FILE.head manque")
  package static let storeHeadMissingHint = Phrase(
    "put it back, or if it is truly lost: carnet serve --head-lost",
    fr: "remettez-le, ou s’il est vraiment perdu\u{A0}: carnet serve --head-lost")
  package static let storeKeyMissing = Phrase(
    "FILE.key is missing or may not be read by you", fr: "FILE.key manque ou ne vous est pas lisible")
  package static let storeKeyMissingHint = Phrase(
    "writing needs the ledger’s key; reading works without",
    fr: "pour écrire il faut la clé du registre\u{202F}; lire se fait sans")
  package static let storeKeyExposed = Phrase(
    "others may read or write FILE.key", fr: "d’autres peuvent lire ou écrire FILE.key")
  package static let storeKeyExposedHint = Phrase("chmod 600 FILE.key", fr: "chmod 600 FILE.key")
  package static let storeKeyWrong = Phrase(
    "FILE.key is not the key of this ledger", fr: "FILE.key n’est pas la clé de ce registre")
  package static let storeKeyWrongHint = Phrase("put the right one back", fr: "remettez la bonne")
  package static let storeSystem = Phrase(
    "reading or writing failed: {0} (system error {1})",
    fr: "lecture ou écriture impossible\u{A0}: {0} (erreur système {1})")
  package static let storeSystemHint = Phrase("check disk and rights", fr: "vérifiez le disque et les droits")
  package static let storeDatabase = Phrase(
    "the database failed ({0})", fr: "la base de données a échoué ({0})")
  package static let storeDatabaseHint = Phrase("run carnet doctor", fr: "lancez carnet doctor")
}
