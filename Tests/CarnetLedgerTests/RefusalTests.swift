import CarnetLedger
import CarnetNotes
import Testing

@Suite struct RefusalTests {
  static let account = AccountID(Samples.alice, Town.mel)
  static let amount = Amount(minorUnits: 123_450, currency: Town.mel)

  /// One of each.
  static let all: [Refusal] = [
    .tooLarge(limit: 16_384), .malformed("no reason"), .notCanonical, .unknownKind,
    .textMissing(field: "memo"),
    .wrongLedger, .unknownKey, .badSignature, .expired, .tooFarAhead, .voided, .keyInactive, .roleMissing,
    .signaturesMissing(counted: 1, needed: 2), .unknownMember(.member(Samples.bob)), .unknownRecord,
    .numberTaken,
    .currencyTaken, .keyTaken, .keyInvalid, .noSuchKey, .handleTaken, .duplicateReference,
    .alreadyRecorded(42),
    .notAccredited, .suspended(.member(Samples.bob)), .unknownRequest, .requestCancelled, .requestExpired,
    .requestPaid, .requestDiffers, .feeDiffers(expected: 50), .notReversible, .reasonMissing, .startsInPast,
    .settingInvalid, .rulesUnsupported, .limitsInvalid, .balanceNotZero, .notSuspendedLongEnough,
    .nothingToSettle, .officersTooFew(left: 1, needed: 2), .tooManyKeys, .sameAccount,
    .currencyMismatch(Town.min), .amountDiffers(expected: amount), .reversalExceeds(left: amount), .overflow,
    .insufficientFunds(account, available: 123_450), .ceilingExceeded(account, room: 0), .unknownCutoff,
    .notErasable, .alreadyClosed, .stateDiffers, .totalsDiffer(Town.mel), .reserveTooLow(needed: 5),
  ]

  @Test("codes are words with hyphens, each for one refusal")
  func codes() {
    let codes = RefusalTests.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    let letters = Set("abcdefghijklmnopqrstuvwxyz-".utf8)
    #expect(codes.allSatisfy { code in code.utf8.allSatisfy { letters.contains($0) } })
  }

  @Test(
    "the codes of PROTOCOL, section 5, are spelt as there",
    arguments: [
      "too-large", "malformed", "not-canonical", "unknown-kind", "text-missing", "wrong-ledger",
      "unknown-key",
      "bad-signature", "expired", "too-far-ahead", "voided", "key-inactive", "role-missing",
      "signatures-missing",
      "unknown-member", "handle-taken", "duplicate-reference", "not-accredited", "suspended", "fee-differs",
      "same-account", "currency-mismatch", "overflow", "insufficient-funds", "ceiling-exceeded",
      "already-recorded", "unknown-request", "request-cancelled", "request-expired", "request-paid",
      "request-differs",
    ])
  func spelling(_ code: String) {
    #expect(RefusalTests.all.contains { $0.code == code })
  }

  @Test("each has a sentence and an advice in both languages, with nothing left to fill in", arguments: all)
  func sentences(_ refusal: Refusal) {
    for language in Language.allCases {
      for text in [refusal.message(in: language), refusal.hint(in: language)] {
        #expect(!text.isEmpty && !text.contains("{") && !text.hasSuffix("."))
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      }
    }
    #expect(refusal.message(in: .english) != refusal.message(in: .french))
  }

  @Test("amounts are written with the decimals of their currency")
  func amounts() {
    let mel = Town.currency("MEL", .backed, BalanceLimits(floor: 0, ceiling: nil))
    let refusal = Refusal.insufficientFunds(RefusalTests.account, available: 123_450)
    #expect(refusal.message(in: .english, currencies: [mel]).contains("1,234.50 MEL"))
    #expect(refusal.message(in: .french, currencies: [mel]).contains("1\u{202F}234,50 MEL"))
    #expect(Refusal.feeDiffers(expected: 50).message(in: .english).contains("0.50 EUR"))
  }
}
