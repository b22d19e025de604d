public import CarnetNotes

/// What a note asks of the ledger: one case for each kind, with the kind's fields.
public enum Operation: Hashable, Sendable {
  case genesis(Genesis)
  case rules(RulesRaise)
  case ledgerKey(LedgerKeyChange)
  case currency(Currency)
  case setting(SettingChange)
  case member(Enrolment)
  case role(RoleChange)
  case accreditation(AccreditationChange)
  case status(StatusChange)
  case key(KeyChange)
  case card(CardChange)
  case limits(LimitsChange)
  case payment(Payment)
  case cheque(Payment)
  case request(PaymentRequest)
  case cancel(Cancellation)
  case void(VoidOrder)
  case change(Change)
  case reconversion(Reconversion)
  case reversal(Reversal)
  case euro(EuroMove)
  case settle(Settlement)
  case erase(Erasure)
  case cutoff(CutoffOrder)
  case closing(Closing)
  case access(Access)

  public var kind: NoteKind {
    switch self {
    case .genesis: .genesis
    case .rules: .rules
    case .ledgerKey: .ledgerkey
    case .currency: .currency
    case .setting: .setting
    case .member: .member
    case .role: .role
    case .accreditation: .accreditation
    case .status: .status
    case .key: .key
    case .card: .card
    case .limits: .limits
    case .payment: .payment
    case .cheque: .cheque
    case .request: .request
    case .cancel: .cancel
    case .void: .void
    case .change: .change
    case .reconversion: .reconversion
    case .reversal: .reversal
    case .euro: .euro
    case .settle: .settle
    case .erase: .erase
    case .cutoff: .cutoff
    case .closing: .closing
    case .access: .access
    }
  }

  /// The field and the hash of the salted text that goes with the note, where there is one.
  public var textHash: (field: String, hash: Digest)? {
    switch self {
    case .genesis(let genesis): genesis.card.map { ("card", $0) }
    case .member(let enrolment): enrolment.card.map { ("card", $0) }
    case .card(let change): ("card", change.card)
    case .role(let change): change.reason.map { ("reason", $0) }
    case .accreditation(let change): change.reason.map { ("reason", $0) }
    case .status(let change): change.reason.map { ("reason", $0) }
    case .limits(let change): change.reason.map { ("reason", $0) }
    case .reversal(let reversal): reversal.reason.map { ("reason", $0) }
    case .euro(let move): move.reason.map { ("reason", $0) }
    case .settle(let settlement): settlement.reason.map { ("reason", $0) }
    case .erase(let erasure): erasure.reason.map { ("reason", $0) }
    case .closing(let closing): closing.reason.map { ("reason", $0) }
    case .payment(let payment), .cheque(let payment): payment.memo.map { ("memo", $0) }
    case .request(let request): request.reference.map { ("reference", $0) }
    case .rules, .ledgerKey, .currency, .setting, .key, .cancel, .void, .change, .reconversion, .cutoff,
      .access:
      nil
    }
  }

  init(_ kind: NoteKind, from reader: inout TextReader) throws(NoteError) {
    switch kind {
    case .genesis: self = .genesis(try Genesis(from: &reader))
    case .rules: self = .rules(try RulesRaise(from: &reader))
    case .ledgerkey: self = .ledgerKey(try LedgerKeyChange(from: &reader))
    case .currency: self = .currency(try Currency(from: &reader))
    case .setting: self = .setting(try SettingChange(from: &reader))
    case .member: self = .member(try Enrolment(from: &reader))
    case .role: self = .role(try RoleChange(from: &reader))
    case .accreditation: self = .accreditation(try AccreditationChange(from: &reader))
    case .status: self = .status(try StatusChange(from: &reader))
    case .key: self = .key(try KeyChange(from: &reader))
    case .card: self = .card(try CardChange(from: &reader))
    case .limits: self = .limits(try LimitsChange(from: &reader))
    case .payment: self = .payment(try Payment(from: &reader))
    case .cheque: self = .cheque(try Payment(from: &reader))
    case .request: self = .request(try PaymentRequest(from: &reader))
    case .cancel: self = .cancel(try Cancellation(from: &reader))
    case .void: self = .void(try VoidOrder(from: &reader))
    case .change: self = .change(try Change(from: &reader))
    case .reconversion: self = .reconversion(try Reconversion(from: &reader))
    case .reversal: self = .reversal(try Reversal(from: &reader))
    case .euro: self = .euro(try EuroMove(from: &reader))
    case .settle: self = .settle(try Settlement(from: &reader))
    case .erase: self = .erase(try Erasure(from: &reader))
    case .cutoff: self = .cutoff(try CutoffOrder(from: &reader))
    case .closing: self = .closing(try Closing(from: &reader))
    case .access: self = .access(try Access(from: &reader))
    }
  }

  func write(to writer: inout TextWriter) {
    switch self {
    case .genesis(let genesis): genesis.write(to: &writer)
    case .rules(let raise): raise.write(to: &writer)
    case .ledgerKey(let change): change.write(to: &writer)
    case .currency(let currency): currency.write(to: &writer)
    case .setting(let change): change.write(to: &writer)
    case .member(let enrolment): enrolment.write(to: &writer)
    case .role(let change): change.write(to: &writer)
    case .accreditation(let change): change.write(to: &writer)
    case .status(let change): change.write(to: &writer)
    case .key(let change): change.write(to: &writer)
    case .card(let change): change.write(to: &writer)
    case .limits(let change): change.write(to: &writer)
    case .payment(let payment), .cheque(let payment): payment.write(to: &writer)
    case .request(let request): request.write(to: &writer)
    case .cancel(let cancellation): cancellation.write(to: &writer)
    case .void(let order): order.write(to: &writer)
    case .change(let change): change.write(to: &writer)
    case .reconversion(let reconversion): reconversion.write(to: &writer)
    case .reversal(let reversal): reversal.write(to: &writer)
    case .euro(let move): move.write(to: &writer)
    case .settle(let settlement): settlement.write(to: &writer)
    case .erase(let erasure): erasure.write(to: &writer)
    case .cutoff(let order): order.write(to: &writer)
    case .closing(let closing): closing.write(to: &writer)
    case .access(let access): access.write(to: &writer)
    }
  }
}
