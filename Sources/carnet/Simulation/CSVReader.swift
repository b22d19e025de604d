/// Comma-separated values (RFC 4180) with a heading line; fields may stand in quotes.
package struct CSVReader {
  /// Bytes of a file.
  static let bytesMax = 256 * 1024 * 1024

  /// Why a text is none, and in which line.
  package struct Fault: Error, Hashable {
    let line: Int
  }

  /// Rows as dictionaries are slow for a year of events: each is a list in the order of `columns`.
  package static func rows(_ text: [UInt8], columns: [String]) throws(Fault) -> [(
    line: Int, fields: [String]
  )] {
    guard text.count <= bytesMax else { throw Fault(line: 0) }
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    guard let first = lines.first else { throw Fault(line: 1) }
    let heading = try fields(first, line: 1)
    let places = columns.compactMap { heading.firstIndex(of: $0) }
    guard places.count == columns.count else { throw Fault(line: 1) }
    var rows: [(line: Int, fields: [String])] = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = try fields(line, line: index + 1)
      guard fields.count == heading.count else { throw Fault(line: index + 1) }
      rows.append((index + 1, places.map { fields[$0] }))
    }
    return rows
  }

  private static func fields(_ text: ArraySlice<UInt8>, line: Int) throws(Fault) -> [String] {
    let text = text.last == UInt8(ascii: "\r") ? text.dropLast() : text
    guard String(validating: text, as: UTF8.self) != nil else { throw Fault(line: line) }
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && rest.first == UInt8(ascii: "\""):
        fields[fields.count - 1].append(byte)
        rest = rest.dropFirst()
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: fields.append([])
      default: fields[fields.count - 1].append(byte)
      }
    }
    guard !isQuoted else { throw Fault(line: line) }
    return fields.map { String(decoding: $0, as: UTF8.self) }
  }
}
