import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Support
import Synchronization
import Testing

@testable import carnet

/// A way to the ledger on which answers, or whole requests, get lost.
final class LossyTransport: Transport {
  enum Loss {
    case none, answer, request
  }

  private let inner: LocalTransport
  private let loss = Mutex<Loss>(.none)
  let host: String? = nil

  init(_ endpoint: Endpoint) {
    inner = LocalTransport(endpoint: endpoint)
  }

  func lose(_ what: Loss) { loss.withLock { $0 = what } }

  func send(_ request: TransportRequest) throws(TransportError) -> TransportResponse {
    switch loss.withLock({ $0 }) {
    case .none: return try inner.send(request)
    case .request: throw .unreachable("down")
    case .answer:
      _ = try inner.send(request)
      throw .lost("cut")
    }
  }
}

@Suite struct PayerTests {
  /// Alice's wallet before a ledger that she reaches by a lossy way.
  private struct Scene {
    var ledger: TestLedger
    let transport: LossyTransport
    let payer: Payer
    let bob: Place.Person

    init() throws {
      ledger = try TestLedger()
      let alice = try ledger.join("alice")
      bob = try ledger.join("bob")
      transport = LossyTransport(Endpoint(journal: ledger.journal))
      let wallet = Wallet(home: Folder(ledger.folder.file("home")))
      payer = Payer(
        client: LedgerClient(transport, language: .english) { _ in },
        folder: wallet.ledger(ledger.place.origin),
        identity: Identity(origin: ledger.place.origin, number: alice.number, key: alice.key),
        key: ledger.place.verifierKey)
    }

    func pay(_ amount: Int64) throws(WalletError) -> Posted {
      try payer.send(ledger.payment(of: amount, to: bob), saltedText: nil, now: ledger.clock.now)
    }

    var paid: Int64 { ledger.journal.read { $0.balance(of: AccountID(bob.number, ledger.currency)) } }

    var waiting: Int {
      get throws { try payer.folder.pending(of: payer.identity.number).count }
    }
  }

  @Test("after a lost answer the note waits, and settling finds that it was recorded: nobody pays twice")
  func lostAnswer() throws {
    let scene = try Scene()
    scene.transport.lose(.answer)
    #expect(throws: WalletError.client(.outcomeUnknown("cut"))) { try scene.pay(90) }
    #expect(try scene.waiting == 1)
    #expect(scene.paid == 90)
    scene.transport.lose(.none)
    let settled = try scene.payer.settleAll()
    #expect(settled.count == 1)
    guard case .recorded(let posted) = try #require(settled.first).outcome else {
      Issue.record("not settled")
      return
    }
    #expect(posted.isRepeat)
    #expect(scene.paid == 90)
    #expect(try scene.waiting == 0)
    #expect(scene.payer.folder.receiptIDs == [posted.record.text.id])
    scene.ledger.journal.close()
  }

  @Test("what was certainly not sent does not wait, and moved nothing")
  func unreachable() throws {
    let scene = try Scene()
    scene.transport.lose(.request)
    #expect(throws: WalletError.client(.unreachable("down"))) { try scene.pay(90) }
    #expect(try scene.waiting == 0)
    #expect(scene.paid == 0)
    scene.ledger.journal.close()
  }

  @Test("a note that expired on the way is told to be unpaid")
  func expired() throws {
    let scene = try Scene()
    let note = scene.payer.identity.signed(
      scene.ledger.payment(of: 90, to: scene.bob), now: scene.ledger.clock.now, lifetime: 600)
    try scene.payer.folder.keep(try PendingNote(note, saltedText: nil))
    scene.ledger.clock.now = scene.ledger.clock.now.adding(seconds: 601)
    guard case .refused(let refused) = try #require(try scene.payer.settleAll().first).outcome else {
      Issue.record("not refused")
      return
    }
    #expect(refused.code == "expired")
    #expect(try scene.waiting == 0)
    #expect(scene.paid == 0)
    scene.ledger.journal.close()
  }

  @Test("a waiting note taken back is never recorded; one that was recorded is told to be")
  func cancelled() throws {
    let scene = try Scene()
    let now = scene.ledger.clock.now
    let note = scene.payer.identity.signed(
      scene.ledger.payment(of: 90, to: scene.bob), now: now, lifetime: 600)
    let pending = try PendingNote(note, saltedText: nil)
    try scene.payer.folder.keep(pending)
    guard case .voided = try scene.payer.void(pending, now: now).outcome else {
      Issue.record("not voided")
      return
    }
    #expect(throws: LedgerError.refused(.voided)) { try scene.ledger.journal.submit(Submission(note)) }
    scene.transport.lose(.answer)
    #expect(throws: WalletError.self) { try scene.pay(7) }
    scene.transport.lose(.none)
    let lost = try #require(try scene.payer.folder.pending(of: scene.payer.identity.number).first)
    guard case .recorded = try scene.payer.void(lost, now: now).outcome else {
      Issue.record("not told")
      return
    }
    #expect(scene.paid == 7)
    scene.ledger.journal.close()
  }
}
