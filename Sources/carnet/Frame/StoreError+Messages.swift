import CarnetJournal
import CarnetLedger

extension StoreError {
  /// One sentence for the person who asked.
  func message(in language: Language) -> String {
    switch self {
    case .missing: Phrase.storeMissing(language)
    case .exists: Phrase.storeExists(language)
    case .notALedger: Phrase.storeNotALedger(language)
    case .newerSchema: Phrase.storeNewerSchema(language)
    case .olderSchema: Phrase.storeOlderSchema(language)
    case .locked(let holder): Phrase.storeLocked(language, Printable.line(holder))
    case .readOnly: Phrase.storeReadOnly(language)
    case .full: Phrase.storeFull(language)
    case .busy: Phrase.storeBusy(language)
    case .damaged(let place): Phrase.storeDamaged(language, Printable.line(place))
    case .recordsMissing(let from, let through): Phrase.storeRecordsMissing(language, "\(from)", "\(through)")
    case .headDiffers: Phrase.storeHeadDiffers(language)
    case .headMissing: Phrase.storeHeadMissing(language)
    case .keyMissing: Phrase.storeKeyMissing(language)
    case .keyExposed: Phrase.storeKeyExposed(language)
    case .keyWrong: Phrase.storeKeyWrong(language)
    case .service(.newer): Phrase.storeServiceNewer(language)
    case .service(.damaged): Phrase.storeServiceDamaged(language)
    case .service(.exposed): Phrase.storeServiceExposed(language)
    case .system(let action, let code): Phrase.storeSystem(language, action, "\(code)")
    case .database(let code, _): Phrase.storeDatabase(language, "\(code)")
    }
  }

  /// What that person can do about it.
  func hint(in language: Language) -> String {
    let phrase: Phrase =
      switch self {
      case .missing: .storeMissingHint
      case .exists: .storeExistsHint
      case .notALedger: .storeNotALedgerHint
      case .newerSchema: .storeNewerSchemaHint
      case .olderSchema: .storeOlderSchemaHint
      case .locked: .storeLockedHint
      case .readOnly: .storeReadOnlyHint
      case .full: .storeFullHint
      case .busy: .storeBusyHint
      case .damaged: .storeDamagedHint
      case .recordsMissing: .storeRecordsMissingHint
      case .headDiffers: .storeHeadDiffersHint
      case .headMissing: .storeHeadMissingHint
      case .keyMissing: .storeKeyMissingHint
      case .keyExposed: .storeKeyExposedHint
      case .keyWrong: .storeKeyWrongHint
      case .service(.newer): .storeNewerSchemaHint
      case .service(.damaged): .storeServiceDamagedHint
      case .service(.exposed): .storeServiceExposedHint
      case .system: .storeSystemHint
      case .database: .storeDatabaseHint
      }
    return phrase(language)
  }
}
