/// A span of time as people type it: `90s`, `15m`, `2h`, `7d`.
enum DurationText {
  /// Whole seconds from one up to `largest`; `nil` for anything else.
  static func seconds(_ text: String, atMost largest: Int64) -> Int64? {
    let bytes = Array(text.utf8)
    guard let unit = bytes.last, (2...8).contains(bytes.count),
      bytes.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let factor: Int64
    switch unit {
    case UInt8(ascii: "s"): factor = 1
    case UInt8(ascii: "m"): factor = 60
    case UInt8(ascii: "h"): factor = 3_600
    case UInt8(ascii: "d"), UInt8(ascii: "j"): factor = 86_400
    default: return nil
    }
    // Seven digits and the longest unit stay far below what 64 bits hold.
    let seconds = bytes.dropLast().reduce(0) { $0 * 10 + Int64($1 - 0x30) } * factor
    return (1...largest).contains(seconds) ? seconds : nil
  }
}
