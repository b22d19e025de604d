extension Refusal {
  /// One sentence for the person who asked.
  package func message(in language: Language) -> String {
    let (phrase, arguments) = report
    return phrase.filled(language, arguments)
  }

  /// What that person can do about it.
  package func hint(in language: Language) -> String { advice(language) }
}

extension Refusal {
  /// The phrase and its arguments; amounts are in minor units.
  private var report: (Phrase, [String]) {
    switch self {
    case .tooLarge(let limit): (.refusalTooLarge, ["\(limit)"])
    case .malformed(let reason): (.refusalMalformed, [reason])
    case .notCanonical: (.refusalNotCanonical, [])
    case .unknownKind: (.refusalUnknownKind, [])
    case .textMissing(let field): (.refusalTextMissing, [field])
    case .wrongLedger: (.refusalWrongLedger, [])
    case .unknownKey: (.refusalUnknownKey, [])
    case .badSignature: (.refusalBadSignature, [])
    case .expired: (.refusalExpired, [])
    case .tooFarAhead: (.refusalTooFarAhead, [])
    case .voided: (.refusalVoided, [])
    case .keyInactive: (.refusalKeyInactive, [])
    case .roleMissing: (.refusalRoleMissing, [])
    case .signaturesMissing(let counted, let needed):
      (.refusalSignaturesMissing, ["\(counted)", "\(needed)"])
    case .unknownMember(let name): (.refusalUnknownMember, [name.description])
    case .unknownRecord: (.refusalUnknownRecord, [])
    case .numberTaken: (.refusalNumberTaken, [])
    case .currencyTaken: (.refusalCurrencyTaken, [])
    case .keyTaken: (.refusalKeyTaken, [])
    case .keyInvalid: (.refusalKeyInvalid, [])
    case .handleTaken: (.refusalHandleTaken, [])
    case .duplicateReference: (.refusalDuplicateReference, [])
    case .alreadyRecorded(let number): (.refusalAlreadyRecorded, ["\(number)"])
    case .notAccredited: (.refusalNotAccredited, [])
    case .suspended(let name): (.refusalSuspended, [name.description])
    case .unknownRequest: (.refusalUnknownRequest, [])
    case .requestCancelled: (.refusalRequestCancelled, [])
    case .requestExpired: (.refusalRequestExpired, [])
    case .requestPaid: (.refusalRequestPaid, [])
    case .requestDiffers: (.refusalRequestDiffers, [])
    case .feeDiffers(let expected): (.refusalFeeDiffers, ["\(expected)"])
    case .notReversible: (.refusalNotReversible, [])
    case .reasonMissing: (.refusalReasonMissing, [])
    case .startsInPast: (.refusalStartsInPast, [])
    case .settingInvalid: (.refusalSettingInvalid, [])
    case .rulesUnsupported: (.refusalRulesUnsupported, [])
    case .limitsInvalid: (.refusalLimitsInvalid, [])
    case .balanceNotZero: (.refusalBalanceNotZero, [])
    case .notSuspendedLongEnough: (.refusalNotSuspendedLongEnough, [])
    case .nothingToSettle: (.refusalNothingToSettle, [])
    case .officersTooFew(let left, let needed): (.refusalOfficersTooFew, ["\(left)", "\(needed)"])
    case .tooManyKeys: (.refusalTooManyKeys, [])
    case .sameAccount: (.refusalSameAccount, [])
    case .currencyMismatch(let code): (.refusalCurrencyMismatch, [code.description])
    case .amountDiffers(let expected): (.refusalAmountDiffers, ["\(expected)"])
    case .reversalExceeds(let left): (.refusalReversalExceeds, ["\(left)"])
    case .overflow: (.refusalOverflow, [])
    case .insufficientFunds(let account, let available):
      (.refusalInsufficientFunds, [account.name.description, "\(available)", account.currency.description])
    case .ceilingExceeded(let account, let room):
      (.refusalCeilingExceeded, [account.name.description, "\(room)", account.currency.description])
    }
  }

  private var advice: Phrase {
    switch self {
    case .tooLarge: .refusalTooLargeHint
    case .malformed: .refusalMalformedHint
    case .notCanonical: .refusalNotCanonicalHint
    case .unknownKind: .refusalUnknownKindHint
    case .textMissing: .refusalTextMissingHint
    case .wrongLedger: .refusalWrongLedgerHint
    case .unknownKey: .refusalUnknownKeyHint
    case .badSignature: .refusalBadSignatureHint
    case .expired: .refusalExpiredHint
    case .tooFarAhead: .refusalTooFarAheadHint
    case .voided: .refusalVoidedHint
    case .keyInactive: .refusalKeyInactiveHint
    case .roleMissing: .refusalRoleMissingHint
    case .signaturesMissing: .refusalSignaturesMissingHint
    case .unknownMember: .refusalUnknownMemberHint
    case .unknownRecord: .refusalUnknownRecordHint
    case .numberTaken: .refusalNumberTakenHint
    case .currencyTaken: .refusalCurrencyTakenHint
    case .keyTaken: .refusalKeyTakenHint
    case .keyInvalid: .refusalKeyInvalidHint
    case .handleTaken: .refusalHandleTakenHint
    case .duplicateReference: .refusalDuplicateReferenceHint
    case .alreadyRecorded: .refusalAlreadyRecordedHint
    case .notAccredited: .refusalNotAccreditedHint
    case .suspended: .refusalSuspendedHint
    case .unknownRequest: .refusalUnknownRequestHint
    case .requestCancelled: .refusalRequestCancelledHint
    case .requestExpired: .refusalRequestExpiredHint
    case .requestPaid: .refusalRequestPaidHint
    case .requestDiffers: .refusalRequestDiffersHint
    case .feeDiffers: .refusalFeeDiffersHint
    case .notReversible: .refusalNotReversibleHint
    case .reasonMissing: .refusalReasonMissingHint
    case .startsInPast: .refusalStartsInPastHint
    case .settingInvalid: .refusalSettingInvalidHint
    case .rulesUnsupported: .refusalRulesUnsupportedHint
    case .limitsInvalid: .refusalLimitsInvalidHint
    case .balanceNotZero: .refusalBalanceNotZeroHint
    case .notSuspendedLongEnough: .refusalNotSuspendedLongEnoughHint
    case .nothingToSettle: .refusalNothingToSettleHint
    case .officersTooFew: .refusalOfficersTooFewHint
    case .tooManyKeys: .refusalTooManyKeysHint
    case .sameAccount: .refusalSameAccountHint
    case .currencyMismatch: .refusalCurrencyMismatchHint
    case .amountDiffers: .refusalAmountDiffersHint
    case .reversalExceeds: .refusalReversalExceedsHint
    case .overflow: .refusalOverflowHint
    case .insufficientFunds: .refusalInsufficientFundsHint
    case .ceilingExceeded: .refusalCeilingExceededHint
    }
  }
}
