import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// Damage to the bytes of a ledger's file: whatever it is, the file is refused, or the audit finds it, or everything that is
/// told is still true, because the byte is one that nobody reads.
///
/// A sample in the tests; every page and more places with CARNET_SOAK=1.
@Suite struct DamageTests {

  /// Everything a reader can be told.
  private struct Told: Equatable {
    var records: [[UInt8]] = []
    var receipts: [[UInt8]] = []
    var balances: [AccountID: Int64] = [:]
    var members: [MemberNumber: Member] = [:]
    var texts: [SubmittedText?] = []

    init(_ path: String, _ clock: TestClock) throws {
      let journal = try Journal(reading: path, options: .init(clock: clock))
      defer { journal.close() }
      let (size, accounts, members) = journal.read { ($0.size, $0.book.accounts, $0.members) }
      self.members = members
      for number in 0..<size {
        records.append(try journal.record(number)?.bytes ?? [])
        receipts.append(try journal.receipt(of: number)?.bytes ?? [])
        texts.append(try journal.saltedText(of: number))
      }
      for account in accounts { balances[account] = journal.read { $0.balance(of: account) } }
    }
  }

  /// A change to a file's bytes.
  private enum Damage: CustomStringConvertible {
    case flip(Int, UInt8)
    case zero(Range<Int>)
    case cut(Int)
    case swap(Range<Int>, Range<Int>)

    func apply(to bytes: inout Data) {
      switch self {
      case .flip(let place, let mask): bytes[place] ^= mask
      case .zero(let range): bytes.resetBytes(in: range)
      case .cut(let count): bytes = bytes.prefix(count)
      case .swap(let first, let second):
        let kept = bytes[first]
        bytes.replaceSubrange(first, with: bytes[second])
        bytes.replaceSubrange(second, with: kept)
      }
    }

    var description: String {
      switch self {
      case .flip(let place, let mask): "byte \(place) ^ \(mask)"
      case .zero(let range): "zeros in \(range)"
      case .cut(let count): "cut to \(count)"
      case .swap(let first, let second): "\(first) swapped with \(second)"
      }
    }
  }

  private func damages(size: Int) -> [Damage] {
    var random = SeededGenerator(seed: 11)
    let page = 4_096
    let pages = size / page
    var damages: [Damage] = (0..<(Project.isSoak ? 400 : 16)).map { .flip($0 % 100, 1 << UInt8($0 % 8)) }
    for number in 0..<pages {
      let range = number * page..<(number + 1) * page
      for _ in 0..<(Project.isSoak ? 64 : 3) {
        damages.append(
          .flip(Int.random(in: range, using: &random), 1 << UInt8.random(in: 0..<8, using: &random)))
      }
      // The header of a page and the places of its cells.
      damages.append(.flip(range.lowerBound + Int.random(in: 0..<24, using: &random), 0x41))
      if Project.isSoak || number.isMultiple(of: 4) {
        damages.append(.zero(range))
        damages.append(.zero(range.lowerBound..<range.lowerBound + 512))
        damages.append(.cut(range.lowerBound + Int.random(in: 0..<page, using: &random)))
        let other = Int.random(in: 0..<pages, using: &random)
        if other != number { damages.append(.swap(range, other * page..<(other + 1) * page)) }
      }
    }
    return damages
  }

  @Test("every region of the database, flipped, zeroed, cut or swapped, is refused, found, or unread")
  func database() throws {
    let ledger = try EveryColumnTests.ledger(payments: 60)
    let whole = try #require(FileManager.default.contents(atPath: ledger.path))
    let told = try Told(ledger.path, ledger.clock)
    let copy = ledger.folder.file("copy")
    for suffix in [".head", ".key"] {
      try FileManager.default.copyItem(atPath: ledger.path + suffix, toPath: copy + suffix)
    }
    var outcomes = (refused: 0, found: 0, unread: 0)
    for damage in damages(size: whole.count) {
      var bytes = whole
      damage.apply(to: &bytes)
      guard bytes != whole else { continue }
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
      try bytes.write(to: URL(fileURLWithPath: copy))
      let findings: [Finding]
      do { findings = try Audit.run(copy).findings } catch {
        outcomes.refused += 1
        continue
      }
      guard findings.isEmpty else {
        outcomes.found += 1
        continue
      }
      outcomes.unread += 1
      #expect(try Told(copy, ledger.clock) == told, "served as true: \(damage)")
    }
    #expect(outcomes.refused > 5 && outcomes.found > 50, "\(outcomes)")
  }
}
