import CarnetLedger
import CarnetNotes

extension PlaceReport {
  /// Reads all records of a file, live or a copy, once.
  ///
  /// - Parameter progress: records done and records in all, now and then.
  /// - Throws: ``LedgerError/storage(_:)``, or ``Refusal/overflow`` where a sum over many accounts or payments is beyond 64 bits.
  public static func make(
    of path: String, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(LedgerError) -> PlaceReport {
    let made: Result<PlaceReport, Refusal>
    do throws(StoreError) {
      guard FileSystem.exists(path) else { throw .missing }
      let database = try Database(path, .read)
      try Schema.check(database)
      made = try database.transaction { () throws(StoreError) in
        try make(LogTables(database: database), progress)
      }
    } catch { throw .storage(error) }
    do throws(Refusal) { return try made.get() } catch { throw .refused(error) }
  }

  private static func make(
    _ log: LogTables, _ progress: (UInt64, UInt64) -> Void
  ) throws(StoreError) -> Result<PlaceReport, Refusal> {
    guard let restored = try RestoredJournal(log) else { throw .notALedger }
    let state = restored.state
    var counters = state.currencies.map { FigureCounter($0) }
    var euros: [SystemAccount: Int64] = [:]
    for number in 0..<state.size {
      guard let record = try log.record(number) else { throw .damaged("record \(number)") }
      let original = try undone(by: record, log)
      do throws(Refusal) {
        for index in counters.indices {
          try counters[index].advance(to: record.time, reserve: euros[.reserve] ?? 0)
          counters[index].take(record, undoing: original)
        }
      } catch { return .failure(error) }
      for leg in record.postings.legs where leg.account.currency == .euro {
        if case .system(let system) = leg.account.name { euros[system, default: 0] += leg.amount }
      }
      if number.isMultiple(of: 4_096) { progress(number, state.size) }
    }
    progress(state.size, state.size)
    var figures: [CurrencyFigures] = []
    do throws(Refusal) {
      for index in counters.indices {
        figures.append(try counters[index].figures(reserve: euros[.reserve] ?? 0, euros: euros))
      }
    } catch { return .failure(error) }
    return .success(
      PlaceReport(
        origin: state.origin, name: state.name.description, isTrial: state.purpose == .trial,
        size: state.size, time: state.time, currencies: figures,
        cutoffs: state.cutoffs.values.sorted { $0.number < $1.number }, checkpoint: restored.checkpoint))
  }

  /// What a reversal undoes, `nil` for any other record.
  private static func undone(by record: Record, _ log: LogTables) throws(StoreError) -> Operation? {
    guard case .reversal(let reversal) = record.text.operation else { return nil }
    return try log.record(reversal.record)?.text.operation
  }
}
