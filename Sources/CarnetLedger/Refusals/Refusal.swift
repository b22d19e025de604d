public import CarnetNotes

/// The ledger said no and nothing moved; cases are in order of precedence: of two that apply, the first is given.
public enum Refusal: Error, Hashable, Sendable {
  // Size and form.
  case tooLarge(limit: Int)
  /// Not of the form; the reason quotes nothing from outside.
  case malformed(String)
  case notCanonical
  case unknownKind
  /// The salted text that belongs to the hash in this field did not come along.
  case textMissing(field: String)
  case wrongLedger
  // Who signs.
  /// The key in the note was never enrolled for its signer.
  case unknownKey
  case badSignature
  // The note's own life.
  case expired
  case tooFarAhead
  case voided
  // What the signatures may ask for.
  case keyInactive
  case roleMissing
  case signaturesMissing(counted: Int, needed: Int)
  // What the note names.
  case unknownMember(AccountName)
  case unknownRecord
  case unknownCutoff
  case numberTaken
  case currencyTaken
  case noSuchKey
  case keyTaken
  case keyInvalid
  case handleTaken
  case duplicateReference
  case alreadyRecorded(UInt64)
  case notAccredited
  case suspended(AccountName)
  // Payment requests.
  case unknownRequest
  case requestCancelled
  case requestExpired
  case requestPaid
  case requestDiffers
  // Rules of single kinds.
  case feeDiffers(expected: Int64)
  case notReversible
  case reasonMissing
  case startsInPast
  case rulesUnsupported
  case balanceNotZero
  case officersTooFew(left: Int, needed: Int)
  case tooManyKeys
  case notErasable
  // Closings.
  case alreadyClosed
  case stateDiffers
  case totalsDiffer(CurrencyCode)
  case reserveTooLow(needed: Int64)
  // Amounts and balances.
  case sameAccount
  case currencyMismatch(CurrencyCode)
  case settingInvalid
  case limitsInvalid
  case notSuspendedLongEnough
  case nothingToSettle
  case reversalExceeds(left: Amount)
  case amountDiffers(expected: Amount)
  case overflow
  case insufficientFunds(AccountID, available: Int64)
  case ceilingExceeded(AccountID, room: Int64)

  /// What became wrong while a text was read.
  public init(_ error: NoteError) {
    switch error {
    case .tooLarge(let limit): self = .tooLarge(limit: limit)
    case .malformed(let reason): self = .malformed(reason)
    case .badSignature, .unsigned: self = .badSignature
    }
  }

  /// The machine name, never changed once released.
  public var code: String {
    switch self {
    case .tooLarge: "too-large"
    case .malformed: "malformed"
    case .notCanonical: "not-canonical"
    case .unknownKind: "unknown-kind"
    case .textMissing: "text-missing"
    case .wrongLedger: "wrong-ledger"
    case .unknownKey: "unknown-key"
    case .badSignature: "bad-signature"
    case .expired: "expired"
    case .tooFarAhead: "too-far-ahead"
    case .voided: "voided"
    case .keyInactive: "key-inactive"
    case .roleMissing: "role-missing"
    case .signaturesMissing: "signatures-missing"
    case .unknownMember: "unknown-member"
    case .unknownRecord: "unknown-record"
    case .unknownCutoff: "unknown-cutoff"
    case .numberTaken: "number-taken"
    case .currencyTaken: "currency-taken"
    case .keyTaken: "key-taken"
    case .keyInvalid: "key-invalid"
    case .noSuchKey: "no-such-key"
    case .handleTaken: "handle-taken"
    case .duplicateReference: "duplicate-reference"
    case .alreadyRecorded: "already-recorded"
    case .notAccredited: "not-accredited"
    case .suspended: "suspended"
    case .unknownRequest: "unknown-request"
    case .requestCancelled: "request-cancelled"
    case .requestExpired: "request-expired"
    case .requestPaid: "request-paid"
    case .requestDiffers: "request-differs"
    case .feeDiffers: "fee-differs"
    case .notReversible: "not-reversible"
    case .reasonMissing: "reason-missing"
    case .startsInPast: "starts-in-past"
    case .settingInvalid: "setting-invalid"
    case .rulesUnsupported: "rules-unsupported"
    case .limitsInvalid: "limits-invalid"
    case .balanceNotZero: "balance-not-zero"
    case .notSuspendedLongEnough: "not-suspended-long-enough"
    case .nothingToSettle: "nothing-to-settle"
    case .officersTooFew: "officers-too-few"
    case .tooManyKeys: "too-many-keys"
    case .notErasable: "not-erasable"
    case .alreadyClosed: "already-closed"
    case .stateDiffers: "state-differs"
    case .totalsDiffer: "totals-differ"
    case .reserveTooLow: "reserve-too-low"
    case .sameAccount: "same-account"
    case .currencyMismatch: "currency-mismatch"
    case .amountDiffers: "amount-differs"
    case .reversalExceeds: "reversal-exceeds"
    case .overflow: "overflow"
    case .insufficientFunds: "insufficient-funds"
    case .ceilingExceeded: "ceiling-exceeded"
    }
  }
}
