import CarnetEndpoint

/// Text made fit for HTML and for attributes in it.
enum Markup {
  static func escaped(_ text: String) -> String { Html.escaped(Printable.line(text)) }

  /// An element with text in it.
  static func element(_ name: String, _ text: String, _ attributes: String = "") -> String {
    "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(escaped(text))</\(name)>"
  }
}

/// Figures in rows: shown as a table, and given as CSV (RFC 4180) with plain numbers.
struct ReportTable {
  /// The file's name without its ending, lower case with hyphens.
  let name: String
  let caption: String
  let headings: [String]
  /// For people, the first cell heading its row.
  private(set) var rows: [[String]] = []
  /// For programs: minor units, plain digits, nothing where a figure is not shown.
  private var records: [[String]] = []
  private let fields: [String]

  /// - Parameter fields: names of the columns in the CSV, English with hyphens.
  init(_ name: String, _ caption: String, _ headings: [String], fields: [String]) {
    (self.name, self.caption, self.headings, self.fields) = (name, caption, headings, fields)
  }

  mutating func add(_ cells: [String], _ values: [String]) {
    rows.append(cells)
    records.append(values)
  }

  var html: String {
    let head = headings.map { Markup.element("th", $0, "scope=\"col\"") }.joined()
    let body = rows.map { row in
      let cells = row.dropFirst().map { Markup.element("td", $0) }.joined()
      return "<tr>\(Markup.element("th", row.first ?? "", "scope=\"row\""))\(cells)</tr>\n"
    }.joined()
    return """
      <table>
      \(Markup.element("caption", caption))
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table>

      """
  }

  var csv: String {
    ([fields] + records).map { $0.map(ReportTable.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }

  /// The table as a link that holds its own data.
  func link(_ label: String) -> String {
    let data = csv.utf8.map { byte -> String in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        String(decoding: [byte], as: UTF8.self)
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
    return "<p><a download=\"\(name).csv\" href=\"data:text/csv;charset=utf-8,\(data)\">"
      + "\(Markup.escaped(label))</a></p>\n"
  }
}
