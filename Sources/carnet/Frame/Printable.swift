/// Texts from outside made fit for a terminal.
enum Printable {
  /// One line: control characters and what could reorder the line become `?`.
  static func line(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        result.unicodeScalars.append("?")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Columns a text takes: none for a combining mark, two for East Asian wide characters and emoji.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: width
      default: width + (isWide(scalar) ? 2 : 1)
      }
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

/// Rows under headings, each column as wide as its widest cell.
struct Table {
  enum Alignment {
    case left, right
  }

  private let headings: [(String, Alignment)]
  private var rows: [[String]] = []

  init(_ headings: [(String, Alignment)]) {
    self.headings = headings
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(Printable.line))
  }

  /// The lines, the heading first; set off by `emphasis` where there is one.
  func lines(emphasis: (String) -> String) -> [String] {
    let widths = headings.indices.map { column in
      ([headings[column].0] + rows.map { $0[column] }).map(Printable.width).max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - Printable.width(cell))
        let isLast = column == cells.count - 1
        text += headings[column].1 == .right ? padding + cell : isLast ? cell : cell + padding
        if !isLast { text += "  " }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    return [emphasis(line(headings.map(\.0)))] + rows.map(line)
  }
}
