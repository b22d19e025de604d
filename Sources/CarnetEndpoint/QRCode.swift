import CQRencode

/// A QR code (ISO/IEC 18004), made by libqrencode: dark modules on white, with the quiet zone that scanners need.
package struct QRCode: Sendable {
  /// Bytes of text that a code takes.
  package static let textBytesMax = Limits.qrTextBytesMax
  /// Modules of the quiet zone on each side.
  package static let margin = 4

  /// Modules on each side, the quiet zone left out.
  package let width: Int
  private let isDark: [Bool]

  /// The code of a text, of which about a seventh may be unreadable; `nil` for an empty or too long one.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= QRCode.textBytesMax, !text.utf8.contains(0) else { return nil }
    // QRcode_encodeString8bit; version 0 is the smallest that will do.
    guard let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
    defer { unsafe QRcode_free(code) }
    let width = unsafe Int(code.pointee.width)
    guard let data = unsafe code.pointee.data, width > 0 else { return nil }
    // The lowest bit says whether a module is dark, the others what it is for.
    isDark = unsafe UnsafeBufferPointer(start: data, count: width * width).map { $0 & 1 == 1 }
    self.width = width
  }

  /// Whether the module of a column and a row is dark; those outside are not.
  package subscript(x: Int, y: Int) -> Bool {
    (0..<width).contains(x) && (0..<width).contains(y) && isDark[y * width + x]
  }

  /// An SVG image, dark on white whatever is around it; the label is what a screen reader says.
  package func svg(label: String) -> String {
    let side = width + 2 * QRCode.margin
    var path = ""
    for y in 0..<width {
      for run in runs(in: y) {
        path += "M\(run.lowerBound + QRCode.margin) \(y + QRCode.margin)h\(run.count)v1h-\(run.count)z"
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" \
      aria-label="\(Html.escaped(label))" shape-rendering="crispEdges">\
      <path fill="#fff" d="M0 0h\(side)v\(side)h-\(side)z"/><path fill="#000" d="\(path)"/></svg>
      """
  }

  /// The dark stretches of a row.
  private func runs(in y: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for x in 0..<width where self[x, y] {
      if let last = runs.last, last.upperBound == x {
        runs[runs.count - 1] = last.lowerBound..<x + 1
      } else {
        runs.append(x..<x + 1)
      }
    }
    return runs
  }

  /// Lines for a terminal, two modules in each character. Black and white are set for each line, so that the code is dark
  /// on white in every theme; without colours, light modules are drawn and the code is right on a dark ground.
  package func terminal(isColoured: Bool = true) -> String {
    let rows = stride(from: -QRCode.margin, to: width + QRCode.margin, by: 2)
    return rows.map { y in
      let line = (-QRCode.margin..<width + QRCode.margin).map { x -> String in
        // The drawn half is the dark one with colours, the light one without.
        switch (self[x, y] == isColoured, self[x, y + 1] == isColoured) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
      }.joined()
      return isColoured ? "\u{1B}[38;5;16;48;5;231m\(line)\u{1B}[0m" : line
    }.joined(separator: "\n")
  }
}
