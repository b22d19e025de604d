extension Refusal {
  /// One sentence for the person who asked.
  ///
  /// - Parameter currencies: the ledger's, for the decimals of amounts; one that is not among them counts minor units.
  package func message(in language: Language, currencies: [Currency] = []) -> String {
    let (phrase, arguments) = report { amount in
      let scale = amount.currency == .euro ? 2 : currencies.first { $0.code == amount.currency }?.scale
      return "\(AmountText.format(amount.minorUnits, scale: scale ?? 0, language)) \(amount.currency)"
    }
    return phrase.filled(language, arguments)
  }

  /// What that person can do about it.
  package func hint(in language: Language) -> String { advice(language) }
}

extension Refusal {
  /// The phrase and its arguments.
  private func report(_ write: (Amount) -> String) -> (Phrase, [String]) {
    func euros(_ cents: Int64) -> String { write(Amount(minorUnits: cents, currency: .euro)) }
    return switch self {
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
    case .unknownCutoff: (.refusalUnknownCutoff, [])
    case .numberTaken: (.refusalNumberTaken, [])
    case .currencyTaken: (.refusalCurrencyTaken, [])
    case .keyTaken: (.refusalKeyTaken, [])
    case .keyInvalid: (.refusalKeyInvalid, [])
    case .noSuchKey: (.refusalNoSuchKey, [])
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
    case .feeDiffers(let expected): (.refusalFeeDiffers, [euros(expected)])
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
    case .notErasable: (.refusalNotErasable, [])
    case .alreadyClosed: (.refusalAlreadyClosed, [])
    case .stateDiffers: (.refusalStateDiffers, [])
    case .totalsDiffer(let code): (.refusalTotalsDiffer, [code.description])
    case .reserveTooLow(let needed): (.refusalReserveTooLow, [euros(needed)])
    case .sameAccount: (.refusalSameAccount, [])
    case .currencyMismatch(let code): (.refusalCurrencyMismatch, [code.description])
    case .amountDiffers(let expected): (.refusalAmountDiffers, [write(expected)])
    case .reversalExceeds(let left): (.refusalReversalExceeds, [write(left)])
    case .overflow: (.refusalOverflow, [])
    case .insufficientFunds(let account, let available):
      (
        .refusalInsufficientFunds,
        [account.name.description, write(Amount(minorUnits: available, currency: account.currency))]
      )
    case .ceilingExceeded(let account, let room):
      (
        .refusalCeilingExceeded,
        [account.name.description, write(Amount(minorUnits: room, currency: account.currency))]
      )
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
    case .unknownCutoff: .refusalUnknownCutoffHint
    case .numberTaken: .refusalNumberTakenHint
    case .currencyTaken: .refusalCurrencyTakenHint
    case .keyTaken: .refusalKeyTakenHint
    case .keyInvalid: .refusalKeyInvalidHint
    case .noSuchKey: .refusalNoSuchKeyHint
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
    case .notErasable: .refusalNotErasableHint
    case .alreadyClosed: .refusalAlreadyClosedHint
    case .stateDiffers: .refusalStateDiffersHint
    case .totalsDiffer: .refusalTotalsDifferHint
    case .reserveTooLow: .refusalReserveTooLowHint
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
