import CarnetJournal
import CarnetLedger
import Foundation
import Support

/// What a payment costs when the books are large, as ratios of measurements that take turns.
struct GrowthBenchmark {
  let isSmoke: Bool

  private var rounds: Int { isSmoke ? 1 : 7 }
  private var paymentsPerRound: Int { isSmoke ? 100 : 5_000 }

  /// - Parameter large: a journal that has grown, with a thousand accounts.
  func run(large: JournalBenchmark, into report: inout Report) throws {
    let small = try JournalBenchmark(accounts: large.people.count)
    try small.grow(to: isSmoke ? 200 : 10_000)
    let records = try ratio({ try small.rate($0) }, { try large.rate($0) })
    report.add("a payment on a large journal, of one on 10,000 records", records, "ratio")
    let hot = try ratio({ try small.rate($0) }, { try small.rate($0, to: .oneShop) })
    report.add("a payment to one shop, of one spread over all", hot, "ratio")
    let many = try JournalBenchmark(accounts: isSmoke ? 40 : 100_000)
    let accounts = try ratio({ try small.rate($0) }, { try many.rate($0) })
    report.add("a payment among 100,000 accounts, of one among 1,000", accounts, "ratio")
    many.close()
    small.close()
  }

  /// Seconds a payment of the second over seconds a payment of the first, the median of rounds by turns.
  private func ratio(_ first: (Int) throws -> Double, _ second: (Int) throws -> Double) throws -> Double {
    var ratios: [Double] = []
    for _ in 0..<rounds { ratios.append(try first(paymentsPerRound) / second(paymentsPerRound)) }
    return ratios.sorted()[ratios.count / 2]
  }
}

/// What a payment leaves on the disk, and what a start on all of it takes.
struct DiskBenchmark {
  func run(on payments: JournalBenchmark, into report: inout Report) throws {
    payments.ledger.journal.close()
    let path = payments.ledger.path
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    var records: UInt64 = 0
    let took = try seconds {
      let journal = try Journal(opening: path, options: .init(clock: payments.ledger.clock))
      records = journal.read { $0.size }
      journal.close()
    }
    report.add("disk, a record", Double(size) / Double(records), "bytes")
    report.add("a start and a stop on all records", took, "s")
  }
}
