import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Support
import Testing

/// What may be written on a cheque, and what is refused as one.
@Suite struct ChequeTests {
  private static let now = Timestamp(seconds: 1_767_225_600)

  /// Someone who writes cheques, and someone who is paid by them.
  struct Writer {
    let payer: Identity
    let payee: MemberNumber
    let currency: CurrencyCode

    init(origin: String = "mel.example/lille", currency: String = "MEL", seed: UInt64 = 1) throws {
      var place = Place(seed: seed, origin: origin)
      let (writer, other) = (place.person(), place.person())
      payer = Identity(origin: place.origin, number: writer.number, key: writer.key)
      payee = other.number
      self.currency = try #require(CurrencyCode(currency))
    }

    func note(
      _ amount: Int64 = 1_250, memo: SubmittedText? = nil, request: NoteID? = nil, lifetime: Int64 = 600
    ) -> SignedNote {
      payer.signed(
        .cheque(
          Payment(
            to: .member(payee), currency: currency, amount: amount, request: request, memo: memo?.hash)),
        now: ChequeTests.now, lifetime: lifetime)
    }

    func cheque(memo text: String? = nil, lifetime: Int64 = 600) throws -> Cheque {
      let memo = try text.map { try #require(SubmittedText($0)) }
      return try #require(Cheque(note(memo: memo, lifetime: lifetime), memo: memo))
    }
  }

  @Test("what was written reads back as it was, with the note that a ledger takes", arguments: [nil, "été"])
  func roundTrip(_ memo: String?) throws {
    let cheque = try Writer().cheque(memo: memo)
    let read = try Cheque(parsing: cheque.bytes)
    #expect(read == cheque && read.isSignatureValid)
    #expect(read.memo?.text == memo.map { Array($0.utf8) })
    #expect(cheque.bytes.allSatisfy { $0 < 0x80 })
    let submission = try Submission(parsing: read.note.bytes, texts: read.memo.map { [$0] } ?? [])
    #expect(submission.id == cheque.id)
  }

  @Test("every bit that is flipped makes it no cheque, or one whose signature is wrong")
  func tampered() throws {
    let bytes = try Writer().cheque(memo: "pain").bytes
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << bit
        guard let cheque = try? Cheque(parsing: changed) else { continue }
        #expect(!cheque.isSignatureValid, "byte \(place), bit \(bit)")
      }
    }
  }

  @Test("cut short anywhere, or with anything behind it, it is refused")
  func lengths() throws {
    for memo in [nil, "pain"] {
      let bytes = try Writer().cheque(memo: memo).bytes
      for count in bytes.indices {
        #expect(throws: NoteError.self, "\(count)") { try Cheque(parsing: Array(bytes[..<count])) }
      }
      for more in ["\n", "x", "salt -\n", "text cGFpbg==\n"] {
        #expect(throws: NoteError.self) { try Cheque(parsing: bytes + more.utf8) }
      }
    }
    let padded = Array(repeating: UInt8(ascii: "x"), count: Cheque.bytesMax + 1)
    #expect(throws: NoteError.tooLarge(limit: Cheque.bytesMax)) { try Cheque(parsing: padded) }
  }

  @Test("a memo has 1 to 200 bytes, and is the one that was signed")
  func memos() throws {
    let writer = try Writer()
    let longest = String(repeating: "x", count: Cheque.memoBytesMax)
    #expect(try Cheque(parsing: try writer.cheque(memo: longest).bytes).memo?.text.count == 200)
    for text in [longest + "x", ""] {
      let memo = try #require(SubmittedText(text))
      #expect(Cheque(writer.note(memo: memo), memo: memo) == nil)
    }
    let (memo, other) = (try #require(SubmittedText("pain")), try #require(SubmittedText("pain")))
    #expect(Cheque(writer.note(memo: memo), memo: other) == nil)
    #expect(Cheque(writer.note(memo: memo), memo: nil) == nil)
    #expect(Cheque(writer.note(), memo: memo) == nil)
    let text = String(decoding: try writer.cheque(memo: "pain").bytes, as: UTF8.self)
    let moved = text.replacing("text cGFpbg==", with: "text dmlu")
    #expect(throws: NoteError.self) { try Cheque(parsing: Array(moved.utf8)) }
  }

  @Test("only a note of kind cheque under its own line alone is one")
  func kinds() throws {
    let writer = try Writer()
    guard case .cheque(let payment) = try NoteText(parsing: writer.note().text).operation else {
      Issue.record("no cheque")
      return
    }
    let paid = writer.payer.signed(.payment(payment), now: ChequeTests.now, lifetime: 600)
    #expect(Cheque(paid, memo: nil) == nil)
    let text = String(decoding: try writer.cheque().bytes, as: UTF8.self)
    let asPayment = text.replacing("\ncheque/v1", with: "\npayment/v1")
    #expect(throws: NoteError.self) { try Cheque(parsing: Array(asPayment.utf8)) }
    let stranger = try Writer(seed: 2).payer
    #expect(Cheque(try stranger.cosigned(writer.note()), memo: nil) == nil)
    let moved = try SignedNote.sign(
      writer.note().text, name: "mel.example/lille/other", with: writer.payer.key)
    #expect(Cheque(moved, memo: nil) == nil)
  }

  @Test("it ends within the calendar that can be printed")
  func ends() throws {
    let writer = try Writer()
    let last = Timestamp.millisecondsRange.upperBound / 1_000 - ChequeTests.now.seconds
    #expect(Cheque(writer.note(lifetime: last), memo: nil) != nil)
    #expect(Cheque(writer.note(lifetime: last + 1), memo: nil) == nil)
  }

  @Test("the largest there can be is just within the limit")
  func largest() throws {
    let origin = "a." + String(repeating: "b", count: 57) + "/lill"
    let writer = try Writer(origin: origin, currency: "ABCDEFGHIJKL")
    let memo = try #require(SubmittedText(String(repeating: "x", count: Cheque.memoBytesMax)))
    let last = Timestamp.millisecondsRange.upperBound / 1_000 - ChequeTests.now.seconds
    let note = writer.note(
      Quantity.max, memo: memo, request: Digest.sha256([]), lifetime: last)
    let cheque = try #require(Cheque(note, memo: memo))
    #expect((Cheque.bytesMax - 40...Cheque.bytesMax).contains(cheque.bytes.count), "\(cheque.bytes.count)")
    #expect(try Cheque(parsing: cheque.bytes).isSignatureValid)
  }

  @Test("docs/CHEQUES.md shows the cheque that its keys make")
  func documented() throws {
    let seed = try #require(
      Hex.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    let key = try #require(SecretKey(seed: seed))
    let memo = try #require(SubmittedText(salt: Array(repeating: 7, count: 32), text: Array("pain".utf8)))
    let text = NoteText(
      ledger: try #require(Origin("mel.example/lille")), signer: try #require(MemberNumber("7Q4M2K9XA5")),
      operation: .cheque(
        Payment(
          to: .member(try #require(MemberNumber("9H5N1R7VEZ"))), currency: try #require(CurrencyCode("MEL")),
          amount: 1_250, request: nil, memo: memo.hash)),
      nonce: try #require(Nonce(Array(0..<16))), until: 1_769_817_600, key: key.publicKey)
    let note = try SignedNote.sign(
      text.bytes, name: NoteText.keyName(text.signer, at: text.ledger), with: key)
    let cheque = try #require(Cheque(note, memo: memo))
    let page = try String(contentsOf: Project.file("docs/CHEQUES.md"), encoding: .utf8)
    let shown = String(decoding: cheque.bytes, as: UTF8.self)
    #expect(page.contains("```\n\(shown)```\n"), "\(shown)")
    let line = try #require(note.lines.first)
    #expect(page.contains(String(decoding: line.bytes, as: UTF8.self)), "\(line.bytes)")
  }
}
