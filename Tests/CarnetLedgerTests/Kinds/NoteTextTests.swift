import CarnetLedger
import CarnetNotes
import Testing

@Suite struct NoteTextTests {
  @Test("every kind writes the lines of PROTOCOL, section 4, and reads them back", arguments: Samples.all)
  func roundTrip(_ sample: Samples.Sample) throws {
    let text = Samples.text(sample.operation)
    let kind = sample.operation.kind
    let word = [.payment, .cheque, .reconversion].contains(kind) ? "from" : "by"
    let expected = Samples.lines(kind.rawValue, signedWith: word, sample.fields)
    #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    #expect(try NoteText(parsing: Array(expected.utf8)) == text)
    #expect(text.id == Digest.sha256(Array(expected.utf8)))
  }

  @Test("the samples know every kind")
  func everyKind() {
    #expect(Set(Samples.all.map(\.operation.kind)) == Set(NoteKind.allCases))
  }

  @Test("no text cut short is read", arguments: Samples.all)
  func truncated(_ sample: Samples.Sample) {
    let bytes = Samples.text(sample.operation).bytes
    for count in 0..<bytes.count {
      #expect(throws: Refusal.self) { try NoteText(parsing: Array(bytes[..<count])) }
    }
  }

  @Test("a text with one byte changed is refused, or is another text", arguments: Samples.all)
  func altered(_ sample: Samples.Sample) throws {
    let text = Samples.text(sample.operation)
    for index in text.bytes.indices {
      for change: UInt8 in [0x01, 0x20, 0x80] {
        var bytes = text.bytes
        bytes[index] ^= change
        guard let read = try? NoteText(parsing: bytes) else { continue }
        #expect(read.bytes == bytes && read != text && read.id != text.id)
      }
    }
  }

  @Test("a line too many or one left out is refused", arguments: Samples.all)
  func lines(_ sample: Samples.Sample) {
    let lines = String(decoding: Samples.text(sample.operation).bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    for index in lines.indices {
      var fewer = Array(lines)
      fewer.remove(at: index)
      var more = Array(lines)
      more.insert(lines[index], at: index)
      for changed in [fewer, more] {
        let bytes = Array((changed.joined(separator: "\n") + "\n").utf8)
        #expect(throws: Refusal.self) { try NoteText(parsing: bytes) }
      }
    }
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line, replacement: String
    let code: String

    init(_ line: String, _ replacement: String, _ code: String = "malformed") {
      (self.line, self.replacement, self.code) = (line, replacement, code)
      testDescription = "\(line) → \(replacement)"
    }
  }

  static let changes = [
    Change("payment/v1", "payment/v2", "unknown-kind"), Change("payment/v1", "gift/v1", "unknown-kind"),
    Change("payment/v1", "Payment/v1", "unknown-kind"), Change("payment/v1", "payment/v1 ", "unknown-kind"),
    Change("payment/v1", "payment", "unknown-kind"), Change("payment/v1", "", "unknown-kind"),
    Change("payment/v1", "payment/v01", "unknown-kind"),
    Change("ledger mel.example/lille", "ledger mel"),
    Change("ledger mel.example/lille", "ledger MEL.example/lille"),
    Change("ledger mel.example/lille", "ledger  mel.example/lille"),
    Change("ledger mel.example/lille", "ledger mel.example/lille/v1"),
    Change("from 7Q4M2K9XA5", "by 7Q4M2K9XA5"), Change("from 7Q4M2K9XA5", "from 7Q4M2K9XA6"),
    Change("from 7Q4M2K9XA5", "from 7q4m2k9xa5"), Change("from 7Q4M2K9XA5", "from alice"),
    Change("from 7Q4M2K9XA5", "from -"), Change("from 7Q4M2K9XA5", "from commons"),
    Change("to 9H5N1R7VEZ", "to reserve"), Change("to 9H5N1R7VEZ", "to circulation"),
    Change("to 9H5N1R7VEZ", "to -"), Change("to 9H5N1R7VEZ", "to "), Change("to 9H5N1R7VEZ", "to"),
    Change("currency MEL", "currency mel"), Change("currency MEL", "currency M"),
    Change("amount 1250", "amount 0"), Change("amount 1250", "amount -1"),
    Change("amount 1250", "amount +1250"),
    Change("amount 1250", "amount 01250"), Change("amount 1250", "amount 1250 "),
    Change("amount 1250", "amount 12.5"),
    Change("amount 1250", "amount 9007199254740992"), Change("amount 1250", "amount 18446744073709551616"),
    Change("amount 1250", "amount 1e3"), Change("amount 1250", "amount -"), Change("amount 1250", "amount １"),
    Change("request -", "request none"), Change("request -", "request \(Samples.idText.uppercased())"),
    Change("request -", "request \(Samples.idText.dropLast())"),
    Change("request -", "request \(Samples.hashText)"),
    Change("memo -", "memo merci"), Change("memo -", "memo \(Samples.hashText.dropLast())"),
    Change("memo -", "memo 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV="), Change("memo -", "memo TWVs"),
    Change("nonce AAECAwQFBgcICQoLDA0ODw==", "nonce AAECAwQFBgcICQoLDA0O"),
    Change("nonce AAECAwQFBgcICQoLDA0ODw==", "nonce AAECAwQFBgcICQoLDA0ODxA="),
    Change("nonce AAECAwQFBgcICQoLDA0ODw==", "nonce AAECAwQFBgcICQoLDA0ODx=="),
    Change("nonce AAECAwQFBgcICQoLDA0ODw==", "nonce -"),
    Change("until 1767225600", "until -1"), Change("until 1767225600", "until 9223372036854775808"),
    Change("until 1767225600", "until 2026-01-01"),
    Change("key \(Samples.keyText)", "key -"), Change("key \(Samples.keyText)", "key d75a98"),
    Change("key \(Samples.keyText)", "key \(Samples.keyText)\nkey \(Samples.keyText)"),
    Change("key \(Samples.keyText)", "key \(Samples.keyText)\r"), Change("memo -", "memo -\n"),
    Change("memo -", "memo\t-"), Change("memo -", "memo -\u{200B}"),
  ]

  @Test("a payment with one line of another form is refused", arguments: changes)
  func malformed(_ change: Change) throws {
    let fields = ["to 9H5N1R7VEZ", "currency MEL", "amount 1250", "request -", "memo -"]
    let right = Samples.lines("payment", signedWith: "from", fields)
    try expectRefusal(of: change, in: right)
  }

  static let otherChanges: [(String, [Change])] = [
    (
      "currency",
      [
        Change("code MEL", "code EUR"), Change("kind backed", "kind gold"), Change("scale 2", "scale 3"),
        Change("scale 2", "scale 02"), Change("name VW5pdA==", "name -"),
        Change("name VW5pdA==", "name VQo="),
        Change("name VW5pdA==", "name Unit"), Change("floor 0", "floor -1"), Change("floor 0", "floor 1"),
        Change("floor 0", "floor -"), Change("floor 0", "floor -0"), Change("ceiling 500000", "ceiling -1"),
        Change("ceiling 500000", "ceiling 9007199254740992"),
      ]
    ),
    (
      "setting",
      [
        Change("name quorum.member", "name quorum.payment"), Change("name quorum.member", "name quorum.gift"),
        Change("name quorum.member", "name quorum"), Change("name quorum.member", "name floor.EUR"),
        Change("name quorum.member", "name ceiling.mel"), Change("name quorum.member", "name key-delay.x"),
        Change("name quorum.member", "name interest"), Change("value 2", "value two"),
        Change("value 2", "value 9007199254740992"), Change("starts 1767225600", "starts -1"),
        Change("starts 1767225600", "starts -"),
      ]
    ),
    (
      "member",
      [
        Change("kind public", "kind bank"), Change("roles -", "roles teller,officer"),
        Change("roles -", "roles officer,officer"), Change("roles -", "roles officer,"),
        Change("roles -", "roles king"), Change("roles -", "roles"), Change("card -", "card alice"),
      ]
    ),
    ("accreditation", [Change("value yes", "value true"), Change("value yes", "value YES")]),
    ("status", [Change("value suspended", "value gone")]),
    ("key", [Change("action add", "action change"), Change("use till", "use look")]),
    (
      "euro",
      [
        Change("from outside", "from circulation"), Change("from outside", "from 7Q4M2K9XA5"),
        Change("to reserve", "to commons"), Change("amount 5", "amount 0"),
      ]
    ),
    (
      "reconversion",
      [Change("fee 0", "fee -1"), Change("fee 0", "fee 9007199254740992"), Change("fee 0", "fee -")]
    ),
    ("reversal", [Change("record 18446744073709551615", "record 18446744073709551616")]),
    (
      "genesis",
      [
        Change("purpose trial", "purpose game"), Change("rules 1", "rules -1"),
        Change("previous -", "previous TWVs"),
        Change(
          "previous -",
          "previous \(Base64.encode(Samples.text(.void(VoidOrder(note: Samples.hash))).bytes) as String)"),
      ]
    ),
    (
      "access",
      [
        Change("scope account", "scope world"), Change("host 127.0.0.1:8390", "host MEL.example"),
        Change("host 127.0.0.1:8390", "host http://mel.example"),
        Change("host 127.0.0.1:8390", "host \(String(repeating: "a", count: 256))"),
        Change("account 7Q4M2K9XA5", "account commons"),
      ]
    ),
  ]

  @Test("the first sample of a kind with one line of another form is refused", arguments: otherChanges)
  func malformed(_ kind: String, _ changes: [Change]) throws {
    let sample = try #require(Samples.all.first { $0.operation.kind.rawValue == kind })
    let right = String(decoding: Samples.text(sample.operation).bytes, as: UTF8.self)
    for change in changes { try expectRefusal(of: change, in: right) }
  }

  private func expectRefusal(of change: Change, in right: String) throws {
    var lines = right.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let index = try #require(lines.firstIndex(of: change.line))
    lines[index] = change.replacement
    let refusal = #expect(throws: Refusal.self, "\(change.testDescription)") {
      try NoteText(parsing: Array(lines.joined(separator: "\n").utf8))
    }
    #expect(refusal?.code == change.code, "\(change.testDescription)")
  }

  @Test("a host may have 255 bytes")
  func longestHost() throws {
    let host = String(repeating: "a", count: 255)
    let text = Samples.text(.access(Access(host: host, scope: .counter, account: nil, expires: 0)))
    #expect(try NoteText(parsing: text.bytes) == text)
  }

  @Test("a note is expired only after its last second began")
  func expiry() {
    let text = Samples.text(.void(VoidOrder(note: Samples.hash)))
    #expect(!text.isExpired(at: Timestamp(milliseconds: 1_767_225_600_000)))
    #expect(text.isExpired(at: Timestamp(milliseconds: 1_767_225_600_001)))
  }
}
