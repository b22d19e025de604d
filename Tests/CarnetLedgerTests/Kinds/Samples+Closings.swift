import CarnetLedger
import CarnetNotes

extension Samples {
  static let closings: [Sample] = [
    Sample(
      .erase(Erasure(target: .member(bob), reason: hash)), "number 9H5N1R7VEZ", "note -",
      "reason \(hashText)"),
    Sample(
      .erase(Erasure(target: .note(hash), reason: nil)), "number -", "note \(idText)", "reason -"),
    Sample(.cutoff(CutoffOrder(period: period("2026"))), "period 2026"),
    Sample(.cutoff(CutoffOrder(period: period("2026-03"))), "period 2026-03"),
    Sample(
      .closing(Closing(cutoff: 41, totals: [], state: hash, attested: nil, reason: nil)),
      "cutoff 41", "totals -", "state \(hashText)", "attested -", "date -", "statement -", "reason -"),
    Sample(
      .closing(
        Closing(
          cutoff: 41, totals: totals, state: hash,
          attested: Closing.Attestation(amount: 12_345, date: date("2026-03-31"), statement: hash),
          reason: hash)),
      "cutoff 41",
      "totals MEL:plus:64:12345:\(hashText),MIN:minus:2:60:\(hashText),MIN:plus:1:60:\(hashText)",
      "state \(hashText)", "attested 12345", "date 2026-03-31", "statement \(hashText)",
      "reason \(hashText)"),
  ]

  static let totals = [
    ClosingTotal(currency: Town.mel, sign: .plus, leaves: 64, total: 12_345, root: hash),
    ClosingTotal(currency: Town.min, sign: .minus, leaves: 2, total: 60, root: hash),
    ClosingTotal(currency: Town.min, sign: .plus, leaves: 1, total: 60, root: hash),
  ]

  static func period(_ text: String) -> ClosingPeriod {
    guard let period = ClosingPeriod(text) else { preconditionFailure("a test gave no period") }
    return period
  }

  static func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("a test gave no date") }
    return date
  }
}
