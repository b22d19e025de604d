import CarnetJournal
import CarnetLedger
import CarnetNotes

/// The JSON of what tills are told.
enum TillViews {
  static func refund(_ refund: TillSale) -> JSON {
    .object([
      "number": .integer(Int64(refund.record)), "amount": .integer(refund.amount),
      "time": .string(refund.time.rfc3339),
    ])
  }

  static func lines(_ lines: [TillFigures.Line], withDay: Bool) -> JSON {
    .array(
      lines.map { line in
        let day = withDay ? [JSON.Member("day", .string(line.day))] : []
        return .object(
          day + [
            JSON.Member("kind", .string(line.kind.rawValue)),
            JSON.Member("currency", .string(line.currency.description)),
            JSON.Member("count", .integer(line.count)), JSON.Member("total", .integer(line.total)),
          ])
      })
  }

  /// What a report and a close have in common.
  static func figures(
    _ figures: TillFigures, number: Int64, from: UInt64, through: UInt64, at time: Timestamp, of till: Till
  ) throws(Refusal) -> [JSON.Member] {
    [
      JSON.Member("till", .string(till.id.description)), JSON.Member("number", .integer(number)),
      JSON.Member("time", .string(time.rfc3339)), JSON.Member("time_zone", .string(till.timeZone)),
      JSON.Member("from", .integer(Int64(from))), JSON.Member("through", .integer(Int64(through))),
      JSON.Member("first", .optional(figures.first.map { Int64($0) })),
      JSON.Member("last", .optional(figures.last.map { Int64($0) })),
      JSON.Member("totals", lines(try figures.totals(), withDay: false)),
      JSON.Member("days", lines(figures.lines, withDay: true)),
    ]
  }

  static func close(_ close: TillClose, of till: Till) throws(Refusal) -> JSON {
    .object(
      try figures(
        close.figures, number: close.number, from: close.from, through: close.through, at: close.time,
        of: till)
        + [
          JSON.Member("previous", .optional(close.previous?.hex)),
          JSON.Member("hash", .string(close.hash.hex)),
          JSON.Member("text", .string(String(decoding: close.bytes, as: UTF8.self))),
        ])
  }

  /// A close as a table: a line for each day, kind and currency; totals in whole units, a point before the minor ones.
  static func csv(_ close: TillClose, currencies: [Currency]) -> [UInt8] {
    var rows = ["close,closed,time_zone,day,kind,currency,count,total,first,last,hash"]
    let (first, last) = (close.figures.first, close.figures.last)
    for line in close.figures.lines {
      let scale = currencies.first { $0.code == line.currency }?.scale ?? 0
      rows.append(
        [
          "\(close.number)", close.time.rfc3339, close.timeZone, line.day, line.kind.rawValue,
          line.currency.description, "\(line.count)", decimal(line.total, scale: scale),
          first.map { "\($0)" } ?? "", last.map { "\($0)" } ?? "", close.hash.hex,
        ].joined(separator: ","))
    }
    return Array((rows.joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// `12.50` for 1250 at scale 2; never below zero here.
  private static func decimal(_ minorUnits: Int64, scale: Int) -> String {
    let digits = String(minorUnits)
    guard scale > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}

extension TillService {
  /// A request as the till that made it sees it; `nil` where the journal has none.
  func view(of note: NoteID) throws(StoreError) -> [JSON.Member]? {
    guard let request = try journal.request(note) else { return nil }
    return try view(of: request)
  }

  func view(of request: RecordedRequest) throws(StoreError) -> [JSON.Member] {
    let kept = try store.request(request.id)
    let reference = try journal.saltedText(of: request.record)
    let time = try journal.record(request.record)?.time
    return try described(request) + [
      JSON.Member("reference", .optional(reference.map { String(decoding: $0.text, as: UTF8.self) })),
      JSON.Member("till", .optional(kept?.till.description)),
      JSON.Member("cashier", .optional(kept?.cashier)),
      JSON.Member("number", .integer(Int64(request.record))),
      JSON.Member("paid_in", .optional(request.paidIn.map { Int64($0) })),
      JSON.Member("time", .optional(time?.rfc3339)),
    ]
  }
}
