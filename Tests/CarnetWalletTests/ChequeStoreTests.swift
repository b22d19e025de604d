import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetWallet

/// The cheques and acquaintances that a wallet keeps.
@Suite struct ChequeStoreTests {
  private static let now = Timestamp(seconds: 1_767_225_600)

  private func ledger(_ home: TemporaryFolder) throws -> LedgerFolder {
    Wallet(home: Folder(home.path)).ledger(try #require(Origin("mel.example/lille")))
  }

  @Test("a cheque is kept once, is expired when its time is over, and void when that is known")
  func states() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    let cheque = try ChequeTests.Writer().cheque(memo: "pain")
    try folder.keep(cheque, now: ChequeStoreTests.now)
    try folder.keep(cheque, now: ChequeStoreTests.now)
    let kept = try #require(try folder.cheques().first)
    #expect(try folder.cheques().count == 1 && kept.cheque == cheque)
    #expect(kept.state(at: cheque.end) == .notYetPaid)
    #expect(kept.state(at: cheque.end.adding(milliseconds: 1)) == .expired)
    try folder.markVoid(cheque.id)
    #expect(try folder.cheque(cheque.id)?.state(at: ChequeStoreTests.now) == .void)
    // Kept again, it does not come back to life.
    try folder.keep(cheque, now: ChequeStoreTests.now)
    #expect(try folder.cheque(cheque.id)?.isVoid == true)
    #expect(folder.origin == Origin("mel.example/lille"))
  }

  @Test(
    "at the limit the oldest that can come to nothing any more goes; where there is none, no more is taken")
  func limit() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    let writer = try ChequeTests.Writer()
    let path = folder.folder.path(of: "cheques")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for _ in 1..<LedgerFolder.chequesMax {
      let cheque = try writer.cheque()
      let json = JSON.object([
        "cheque": .string(String(decoding: cheque.bytes, as: UTF8.self)), "void": .bool(false),
      ])
      try Data(json.serialized()).write(to: URL(fileURLWithPath: "\(path)/\(cheque.id.hex).json"))
    }
    let short = try writer.cheque(lifetime: 5)
    try folder.keep(short, now: ChequeStoreTests.now)
    #expect(try folder.cheques().count == LedgerFolder.chequesMax)
    let more = try writer.cheque()
    #expect(throws: WalletError.chequesFull(limit: LedgerFolder.chequesMax)) {
      try folder.keep(more, now: short.end)
    }
    try folder.keep(more, now: short.end.adding(milliseconds: 1))
    #expect(try folder.cheque(short.id) == nil && folder.cheque(more.id) != nil)
    #expect(try folder.cheques().count == LedgerFolder.chequesMax)
  }

  @Test("a kept file that is not of its form is reported")
  func damaged() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    let cheque = try ChequeTests.Writer().cheque()
    try folder.keep(cheque, now: ChequeStoreTests.now)
    try Data("{}".utf8).write(
      to: URL(fileURLWithPath: folder.folder.path(of: "cheques/\(cheque.id.hex).json")))
    #expect(throws: WalletError.damaged("\(cheque.id.hex).json")) { try folder.cheques() }
  }

  @Test("names are kept where a record proves them, the newest word counts, and only so many")
  func names() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    func entry(_ number: MemberNumber, _ name: String, isProven: Bool = true) -> DirectoryEntry {
      DirectoryEntry(
        number: number, handle: Handle("bakery"), name: name, kind: .business, isAccredited: false, town: nil,
        isProven: isProven)
    }
    var generator = SeededGenerator(seed: 3)
    let first = MemberNumber.random(using: &generator)
    try folder.keepName(of: entry(first, "Rumour", isProven: false))
    #expect(try folder.knownNames().isEmpty)
    try folder.keepName(of: entry(first, "Fournil"))
    try folder.keepName(of: entry(first, "Boulangerie"))
    #expect(try folder.knownNames()[first]?.name == "Boulangerie")
    let others = (2...LedgerFolder.membersMax).map { _ in MemberNumber.random(using: &generator) }
    let value = JSON.object(["handle": .null, "name": .string("N")])
    let all = [JSON.Member(first.description, value)] + others.map { JSON.Member($0.description, value) }
    try folder.write("members.json", .object(all))
    #expect(try folder.knownNames().count == LedgerFolder.membersMax)
    try folder.keepName(of: entry(.random(using: &generator), "Last"))
    #expect(try folder.knownNames().count == LedgerFolder.membersMax)
    #expect(try folder.knownNames()[first] == nil && folder.knownNames()[others[0]] != nil)
  }

  @Test("more handles are pinned than one JSON object usually holds, and at the limit the oldest goes")
  func pins() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    var generator = SeededGenerator(seed: 4)
    let numbers = (0...LedgerFolder.contactsMax).map { _ in MemberNumber.random(using: &generator) }
    let pinned = numbers.dropLast().enumerated().map {
      JSON.Member("h\($0.offset)-x", .string($0.element.description))
    }
    try folder.write("names.json", .object(Array(pinned)))
    #expect(try folder.names().count == LedgerFolder.contactsMax)
    let newest = try #require(Handle("newest"))
    try folder.pin(newest, numbers[LedgerFolder.contactsMax])
    let names = try folder.names().map(\.handle)
    #expect(names.count == LedgerFolder.contactsMax && names.first == "h1-x" && names.last == "newest")
    #expect(throws: WalletError.self) { try folder.pin(newest, numbers[0]) }
  }

  @Test("a place is known again by the last eight addresses that reached it")
  func addresses() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    for number in 1...9 { try folder.keep([], reachedBy: "http://127.0.0.1:\(number)") }
    try folder.keep([], reachedBy: "http://127.0.0.1:2")
    let reached = try folder.addresses()
    #expect(
      reached.count == 8 && reached.first == "http://127.0.0.1:2" && reached.last == "http://127.0.0.1:9")
  }

  @Test("of one's own keys the number is known, of others only by receipts")
  func owners() throws {
    let home = try TemporaryFolder()
    let folder = try ledger(home)
    let writer = try ChequeTests.Writer()
    let key = writer.payer.key.publicKey
    #expect(try folder.knownOwners()[key] == nil)
    try folder.keep(writer.payer.number, ofOwn: key)
    #expect(try folder.knownOwners()[key] == writer.payer.number)
    #expect(try folder.ownNumbers() == [key: writer.payer.number])
  }
}
