import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

/// The worked examples of docs/PROTOCOL.md, made anew from their inputs.
@Suite struct ProtocolExamplesTests {
  /// Keys of RFC 8032, section 7.1: test 1 is the member's, test 2 the ledger's, test 3 the officer's.
  struct Example {
    let origin: Origin
    let alice: SecretKey
    let ledger: SecretKey
    let officer: SecretKey
    let aliceNumber: MemberNumber
    let bobNumber: MemberNumber
    let officerNumber: MemberNumber

    init() throws {
      origin = try #require(Origin("mel.example/lille"))
      alice = try Example.key("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
      ledger = try Example.key("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
      officer = try Example.key("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
      aliceNumber = try #require(MemberNumber("7Q4M2K9XA5"))
      bobNumber = try #require(MemberNumber("9H5N1R7VEZ"))
      officerNumber = try #require(MemberNumber("B0FF1CE2M8"))
    }

    private static func key(_ hex: String) throws -> SecretKey {
      let seed = try #require(Hex.decode(hex) as [UInt8]?)
      return try #require(SecretKey(seed: seed))
    }

    func payment() throws -> (note: SignedNote, text: NoteText, salted: SubmittedText) {
      let salted = try #require(SubmittedText(salt: Array(0..<32), text: Array("pain".utf8)))
      let payment = Payment(
        to: .member(bobNumber), currency: try #require(CurrencyCode("MEL")), amount: 1_250, request: nil,
        memo: salted.hash)
      let text = NoteText(
        ledger: origin, signer: aliceNumber, operation: .payment(payment),
        nonce: try #require(Nonce(Array(0..<16))),
        until: 1_767_225_600, key: alice.publicKey)
      let note = try SignedNote.sign(text.bytes, name: NoteText.keyName(aliceNumber, at: origin), with: alice)
      return (note, text, salted)
    }

    /// The first nonce of the row (0 0 …), (1 1 …), … whose id makes a code.
    func request() throws -> NoteText {
      var byte: UInt8 = 0
      return NoteText.request(
        PaymentRequest(currency: try #require(CurrencyCode("MEL")), amount: 1_250, reference: nil),
        ledger: origin, signer: bobNumber, until: 1_767_225_900, key: officer.publicKey
      ) {
        defer { byte += 1 }
        guard let nonce = Nonce(Array(repeating: byte, count: 16)) else {
          preconditionFailure("sixteen bytes are a nonce")
        }
        return nonce
      }
    }

    func cancellation() throws -> NoteText {
      NoteText(
        ledger: origin, signer: bobNumber, operation: .cancel(Cancellation(request: try request().id)),
        nonce: try #require(Nonce(Array(0..<16))), until: 1_767_225_900, key: officer.publicKey)
    }

    func paymentRecord() throws -> Record {
      let (note, text, _) = try payment()
      let code = try #require(CurrencyCode("MEL"))
      let postings = try #require(
        Postings([Posting(AccountID(aliceNumber, code), -1_250), Posting(AccountID(bobNumber, code), 1_250)]))
      return Record(
        number: 42, time: Timestamp(milliseconds: 1_767_225_000_123), postings: postings,
        signers: [.init(member: aliceNumber, key: alice.publicKey)], note: note, text: text)
    }

    func genesisRecord() throws -> Record {
      let genesis = Genesis(
        name: try #require(FreeText("Mel de Lille")), purpose: .trial, rules: 1, previous: nil,
        ledgerKey: ledger.publicKey, card: nil)
      let text = NoteText(
        ledger: origin, signer: officerNumber, operation: .genesis(genesis),
        nonce: try #require(Nonce(Array(16..<32))),
        until: 1_767_139_800, key: officer.publicKey)
      let note = try SignedNote(
        text: text.bytes,
        lines: [
          SignedNote.line(for: text.bytes, name: NoteText.keyName(officerNumber, at: origin), with: officer),
          SignedNote.line(for: text.bytes, name: origin.description, with: ledger),
        ])
      let submission = try Submission(note)
      let verified = try LedgerState.unverified(genesis: submission).verify()
      return try LedgerState.found(verified, at: Timestamp(milliseconds: 1_767_139_200_000)).decision.record
    }

    func receipt() throws -> Receipt {
      let record = try genesisRecord().bytes
      let checkpoint = SignedCheckpoint.sign(
        Checkpoint(origin: origin, size: 1, root: Merkle.leafHash(record)), with: [ledger])
      return Receipt(record: record, index: 0, proof: [], checkpoint: checkpoint.note)
    }
  }

  /// Name and text of every example.
  static func examples() throws -> [(String, String)] {
    let example = try Example()
    let payment = try example.payment()
    let record = try example.paymentRecord().bytes
    let receipt = try example.receipt()
    let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
    let secret = [UInt8](repeating: 7, count: 32)
    return [
      ("REQUEST", text(try example.request().bytes)), ("REQUEST-ID", try example.request().id.hex),
      ("REQUEST-CODE", try #require(RequestCode(try example.request().id)).description),
      ("CANCELLATION", text(try example.cancellation().bytes)),
      ("PAYMENT-NOTE", text(payment.note.bytes)), ("PAYMENT-ID", payment.text.id.hex),
      ("MEMO-HASH", payment.salted.hash.base64), ("PAYMENT-RECORD", text(record)),
      ("PAYMENT-LEAF", Merkle.leafHash(record).hex),
      (
        "ALICE-VKEY",
        VerifierKey(
          name: NoteText.keyName(example.aliceNumber, at: example.origin), publicKey: example.alice.publicKey
        ).description
      ),
      ("LEDGER-VKEY", VerifierKey(origin: example.origin, publicKey: example.ledger.publicKey).description),
      ("GENESIS-RECORD", text(try example.genesisRecord().bytes)),
      ("CHECKPOINT", text(receipt.checkpoint.bytes)), ("RECEIPT", text(receipt.bytes)),
      ("REFERENCE-HASH", BankReference.hash(secret: secret, text: Array("VIR  2026 0042".utf8)).base64),
    ]
  }

  @Test("every worked example of docs/PROTOCOL.md comes out again")
  func documented() throws {
    let page = try String(contentsOf: Project.file("docs/PROTOCOL.md"), encoding: .utf8)
    for (name, text) in try ProtocolExamplesTests.examples() {
      #expect(page.contains(text), "\(name)\n\(text)")
    }
  }

  @Test("the closing on the page is the one that is computed")
  func closing() throws {
    let page = try String(contentsOf: Project.file("docs/PROTOCOL.md"), encoding: .utf8)
    let origin = try #require(Origin("mel.example/lille"))
    let number = try #require(MemberNumber("7Q4M2K9XA5"))
    let account = AccountName.member(number)
    let salt = try #require(Digest(Array(0..<32)))
    let blind = ClosingProof.blind(origin: origin, cutoff: 41, account: account, salt: salt)
    let leaf = try #require(SumTree.leaf(value: 8_450, blind: blind))
    let sevens = try #require(Digest(Array(repeating: 7, count: 32)))
    let other = try #require(SumTree.leaf(value: 1_550, blind: sevens))
    let top = try #require(SumTree.node(leaf, other))
    #expect(top.sum == 10_000)
    let lines = [blind.base64, leaf.hash.base64, other.hash.base64, top.hash.base64]
    #expect(page.contains("```\n\(lines.joined(separator: "\n"))\n```"))
    #expect(
      page.contains(BankStatement.hash(salt: Array(0..<32), file: Array("releve\n".utf8)).base64))
  }
}
