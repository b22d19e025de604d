/// The kinds of notes this code knows, by the word before `/v1` in their first line.
public enum NoteKind: String, Hashable, Sendable, CaseIterable {
  case genesis, rules, ledgerkey, currency, setting
  case member, role, accreditation, status, key, card, limits
  case payment, cheque, request, cancel, void
  case change, reconversion, reversal, euro, settle
  case erase, cutoff, closing
  case access

  /// The first line of the kind's texts.
  public var header: String { "\(rawValue)/v1" }

  /// The kind of a first line; `nil` for a kind or a version this code does not know.
  init?(header: ArraySlice<UInt8>) {
    guard header.count > 3, header.suffix(3).elementsEqual("/v1".utf8) else { return nil }
    self.init(rawValue: String(decoding: header.dropLast(3), as: UTF8.self))
  }

  /// The word the third line starts with: `from` where the signer gives units of their own, else `by`.
  var signerField: String {
    switch self {
    case .payment, .cheque, .reconversion: "from"
    case .genesis, .rules, .ledgerkey, .currency, .setting, .member, .role, .accreditation, .status, .key,
      .card,
      .limits, .request, .cancel, .void, .change, .reversal, .euro, .settle, .erase, .cutoff, .closing,
      .access:
      "by"
    }
  }

  /// Whether notes of the kind become records.
  public var isRecorded: Bool { self != .access }

  /// Seconds that `until` may lie ahead of the ledger's time.
  public var lifetimeSecondsMax: Int64 {
    switch self {
    case .cheque: Limits.chequeSecondsMax
    case .access: Limits.accessSecondsMax
    case .genesis, .rules, .ledgerkey, .currency, .setting, .member, .role, .accreditation, .status, .key,
      .card,
      .limits, .payment, .request, .cancel, .void, .change, .reconversion, .reversal, .euro, .settle, .erase,
      .cutoff, .closing:
      Limits.noteSecondsMax
    }
  }

  /// Whether a number of officers can be set that must sign the kind (`quorum.<kind>`).
  public var hasQuorum: Bool {
    switch self {
    case .rules, .ledgerkey, .currency, .setting, .member, .role, .accreditation, .status, .key, .card,
      .limits,
      .change, .reconversion, .reversal, .euro, .settle, .erase, .cutoff, .closing:
      true
    case .genesis, .payment, .cheque, .request, .cancel, .void, .access: false
    }
  }
}
