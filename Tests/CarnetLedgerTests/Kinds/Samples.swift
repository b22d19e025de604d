import CarnetLedger
import CarnetNotes
import Support
import Testing

/// One or more texts of every kind, with absent values and with present ones.
enum Samples {
  struct Sample: Sendable, CustomTestStringConvertible {
    let operation: CarnetLedger.Operation
    let fields: [String]
    var testDescription: String { "\(operation.kind): \(fields.joined(separator: ", "))" }

    init(_ operation: CarnetLedger.Operation, _ fields: String...) {
      (self.operation, self.fields) = (operation, fields)
    }
  }

  static let alice = number("7Q4M2K9XA5")
  static let bob = number("9H5N1R7VEZ")
  /// The key of RFC 8032, section 7.1, test 1, and what its base64 is.
  static let key = secret([
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
  ])
  static let keyText = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
  /// SHA-256 of nothing.
  static let hash = Digest.sha256([])
  static let hashText = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  static let idText = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  static func number(_ text: String) -> MemberNumber {
    guard let number = MemberNumber(text) else { preconditionFailure("a test gave no number") }
    return number
  }

  static func secret(_ seed: [UInt8]) -> SecretKey {
    guard let key = SecretKey(seed: seed) else { preconditionFailure("a test gave no seed") }
    return key
  }

  static func free(_ text: String) -> FreeText {
    guard let text = FreeText(text) else { preconditionFailure("a test gave no text") }
    return text
  }

  static let origin: Origin = {
    guard let origin = Origin("mel.example/lille") else { preconditionFailure("an origin") }
    return origin
  }()

  static func text(_ operation: CarnetLedger.Operation) -> NoteText {
    guard let nonce = Nonce(Array(0..<16)) else { preconditionFailure("sixteen bytes") }
    return NoteText(
      ledger: origin, signer: alice, operation: operation, nonce: nonce, until: 1_767_225_600,
      key: key.publicKey)
  }

  /// The text that these fields make by PROTOCOL, section 2, put together without the code under test.
  static func lines(_ kind: String, signedWith word: String, _ fields: [String]) -> String {
    let head = ["\(kind)/v1", "ledger mel.example/lille", "\(word) 7Q4M2K9XA5"]
    let tail = ["nonce AAECAwQFBgcICQoLDA0ODw==", "until 1767225600", "key \(keyText)"]
    return (head + fields + tail).map { $0 + "\n" }.joined()
  }
}

extension Samples {
  static let all = governance + membership + movements + closings

  static let governance = [
    Sample(
      .genesis(
        Genesis(
          name: free("Mel"), purpose: .trial, rules: 1, previous: nil, ledgerKey: key.publicKey, card: nil)),
      "name TWVs", "purpose trial", "rules 1", "previous -", "ledgerkey \(keyText)", "card -"),
    Sample(
      .genesis(
        Genesis(
          name: free("Mel"), purpose: .real, rules: 1, previous: checkpoint, ledgerKey: key.publicKey,
          card: hash)),
      "name TWVs", "purpose real", "rules 1", "previous \(Base64.encode(checkpoint) as String)",
      "ledgerkey \(keyText)", "card \(hashText)"),
    Sample(.rules(RulesRaise(rules: 2)), "rules 2"),
    Sample(
      .ledgerKey(LedgerKeyChange(old: key.publicKey, new: key.publicKey)), "old \(keyText)", "new \(keyText)"),
    Sample(
      .currency(Town.currency("MEL", .backed, BalanceLimits(floor: 0, ceiling: 500_000))),
      "code MEL", "kind backed", "scale 2", "name VW5pdA==", "floor 0", "ceiling 500000"),
    Sample(
      .currency(Town.currency("MIN", .mutual, BalanceLimits(floor: -1_200, ceiling: nil))),
      "code MIN", "kind mutual", "scale 0", "name VW5pdA==", "floor -1200", "ceiling -"),
    Sample(
      .setting(SettingChange(name: .quorum(.member), value: 2, starts: 1_767_225_600)),
      "name quorum.member", "value 2", "starts 1767225600"),
    Sample(
      .setting(SettingChange(name: .floor(Town.min), value: nil, starts: 0)),
      "name floor.MIN", "value -", "starts 0"),
    Sample(
      .access(Access(host: "127.0.0.1:8390", scope: .account, account: alice, expires: 1_767_229_200)),
      "host 127.0.0.1:8390", "scope account", "account 7Q4M2K9XA5", "expires 1767229200"),
    Sample(
      .access(Access(host: "mel.example", scope: .audit, account: nil, expires: 1)),
      "host mel.example", "scope audit", "account -", "expires 1"),
  ]

  static let checkpoint = SignedCheckpoint.sign(
    Checkpoint(origin: origin, size: 1, root: hash), with: [key]
  ).bytes

  static let membership = [
    Sample(
      .member(Enrolment(number: bob, kind: .public, roles: [], memberKey: key.publicKey, card: nil)),
      "number 9H5N1R7VEZ", "kind public", "roles -", "memberkey \(keyText)", "card -"),
    Sample(
      .member(
        Enrolment(
          number: bob, kind: .counter, roles: [.teller, .officer, .auditor], memberKey: key.publicKey,
          card: hash)),
      "number 9H5N1R7VEZ", "kind counter", "roles auditor,officer,teller", "memberkey \(keyText)",
      "card \(hashText)"),
    Sample(
      .role(RoleChange(number: bob, value: [.officer], reason: hash)),
      "number 9H5N1R7VEZ", "value officer", "reason \(hashText)"),
    Sample(
      .accreditation(AccreditationChange(number: bob, value: true, reason: nil)),
      "number 9H5N1R7VEZ", "value yes", "reason -"),
    Sample(
      .accreditation(AccreditationChange(number: bob, value: false, reason: nil)),
      "number 9H5N1R7VEZ", "value no", "reason -"),
    Sample(
      .status(StatusChange(number: bob, value: .suspended, reason: hash)),
      "number 9H5N1R7VEZ", "value suspended", "reason \(hashText)"),
    Sample(
      .key(KeyChange(number: bob, action: .add, use: .till, memberKey: key.publicKey)),
      "number 9H5N1R7VEZ", "action add", "use till", "memberkey \(keyText)"),
    Sample(
      .key(KeyChange(number: bob, action: .revoke, use: .pay, memberKey: key.publicKey)),
      "number 9H5N1R7VEZ", "action revoke", "use pay", "memberkey \(keyText)"),
    Sample(.card(CardChange(number: bob, card: hash)), "number 9H5N1R7VEZ", "card \(hashText)"),
    Sample(
      .limits(LimitsChange(number: bob, currency: Town.min, floor: -5, ceiling: nil, reason: nil)),
      "number 9H5N1R7VEZ", "currency MIN", "floor -5", "ceiling -", "reason -"),
  ]

  static let movements = [
    Sample(
      .payment(Payment(to: .member(bob), currency: Town.mel, amount: 1_250, request: nil, memo: nil)),
      "to 9H5N1R7VEZ", "currency MEL", "amount 1250", "request -", "memo -"),
    Sample(
      .payment(
        Payment(to: .system(.commons), currency: Town.mel, amount: Quantity.max, request: hash, memo: hash)),
      "to commons", "currency MEL", "amount 9007199254740991", "request \(idText)", "memo \(hashText)"),
    Sample(
      .cheque(Payment(to: .member(bob), currency: Town.mel, amount: 1, request: nil, memo: nil)),
      "to 9H5N1R7VEZ", "currency MEL", "amount 1", "request -", "memo -"),
    Sample(
      .request(PaymentRequest(currency: Town.mel, amount: 1_250, reference: hash)),
      "currency MEL", "amount 1250", "reference \(hashText)"),
    Sample(
      .request(PaymentRequest(currency: Town.min, amount: Quantity.max, reference: nil)),
      "currency MIN", "amount 9007199254740991", "reference -"),
    Sample(.cancel(Cancellation(request: hash)), "request \(idText)"),
    Sample(.void(VoidOrder(note: hash)), "note \(idText)"),
    Sample(
      .change(Change(to: bob, currency: Town.mel, amount: 10_000, reference: hash)),
      "to 9H5N1R7VEZ", "currency MEL", "amount 10000", "reference \(hashText)"),
    Sample(
      .reconversion(Reconversion(currency: Town.mel, amount: 1_001, fee: 0, reference: hash)),
      "currency MEL", "amount 1001", "fee 0", "reference \(hashText)"),
    Sample(
      .reversal(Reversal(record: 18_446_744_073_709_551_615, amount: 5, reason: nil)),
      "record 18446744073709551615", "amount 5", "reason -"),
    Sample(
      .euro(EuroMove(from: .outside, to: .reserve, amount: 5, reference: nil, reason: hash)),
      "from outside", "to reserve", "amount 5", "reference -", "reason \(hashText)"),
    Sample(
      .settle(Settlement(from: bob, to: alice, currency: Town.min, reason: nil)),
      "from 9H5N1R7VEZ", "to 7Q4M2K9XA5", "currency MIN", "reason -"),
  ]
}
