/// A chart as SVG, in lines and hatches that stay apart in black and white.
struct Chart {
  /// One row of values; `nil` where a figure is not shown.
  struct Series {
    let label: String
    let values: [Int64?]
  }

  let title: String
  let description: String
  /// Under each place.
  let labels: [String]
  let series: [Series]
  /// How a value is written at the axis.
  let write: (Int64) -> String

  private static let (width, height) = (720, 260)
  private static let (left, right, top, bottom) = (96, 12, 28, 42)

  private var largest: Int64 { max(1, series.flatMap { $0.values.compactMap { $0 } }.max() ?? 1) }
  private var least: Int64 { min(0, series.flatMap { $0.values.compactMap { $0 } }.min() ?? 0) }

  /// Lines: the first one whole, the second dashed, with round and square marks.
  var lines: String {
    svg(isLines: true) { place in
      series.enumerated().map { index, row in
        let points = row.values.enumerated().compactMap { at, value in
          value.map { (place(at), y($0)) }
        }
        let path = points.map { "\($0.0),\($0.1)" }.joined(separator: " ")
        let dash = index == 0 ? "" : " stroke-dasharray=\"6 4\""
        let marks = points.map { point in
          index == 0
            ? "<circle cx=\"\(point.0)\" cy=\"\(point.1)\" r=\"3\"/>"
            : "<rect x=\"\(point.0 - 3)\" y=\"\(point.1 - 3)\" width=\"6\" height=\"6\" fill=\"#fff\" stroke=\"#000\"/>"
        }.joined()
        return
          "<polyline points=\"\(path)\" fill=\"none\" stroke=\"#000\" stroke-width=\"2\"\(dash)/>\(marks)"
      }.joined(separator: "\n")
    }
  }

  /// Bars: the first ones full, the second hatched.
  var bars: String {
    svg { place in
      let step = max(2, (Chart.width - Chart.left - Chart.right) / max(1, labels.count))
      let width = max(1, step * 7 / 10 / max(1, series.count))
      return series.enumerated().flatMap { index, row in
        row.values.enumerated().compactMap { at, value in
          guard let value else { return nil }
          let (top, base) = (y(max(value, 0)), y(min(value, 0)))
          let x = place(at) - step * 35 / 100 + index * width
          let fill = index == 0 ? "#444" : "url(#hatch)"
          return
            "<rect x=\"\(x)\" y=\"\(top)\" width=\"\(width)\" height=\"\(max(0, base - top))\" fill=\"\(fill)\" stroke=\"#000\"/>"
        }
      }.joined(separator: "\n")
    }
  }

  /// Pixels from the top, by integers alone.
  private func y(_ value: Int64) -> Int {
    let room = Int128(Chart.height - Chart.top - Chart.bottom)
    let share = (Int128(value) - Int128(least)) * room / (Int128(largest) - Int128(least))
    return Chart.height - Chart.bottom - Int(share)
  }

  private func svg(isLines: Bool = false, _ content: ((Int) -> Int) -> String) -> String {
    let room = Chart.width - Chart.left - Chart.right
    let count = max(1, labels.count)
    let place = { (at: Int) in Chart.left + room * (2 * at + 1) / (2 * count) }
    let every = (count + 11) / 12
    let names = labels.enumerated().filter { $0.offset.isMultiple(of: every) }.map { at, label in
      "<text x=\"\(place(at))\" y=\"\(Chart.height - 22)\" text-anchor=\"middle\">\(Markup.escaped(label))</text>"
    }.joined()
    let levels = [largest, largest / 2, 0] + (least < 0 ? [least] : [])
    let grid = Set(levels).sorted().map { level in
      "<line x1=\"\(Chart.left)\" x2=\"\(Chart.width - Chart.right)\" y1=\"\(y(level))\" y2=\"\(y(level))\" stroke=\"#bbb\"/>"
        + "<text x=\"\(Chart.left - 6)\" y=\"\(y(level) + 4)\" text-anchor=\"end\">\(Markup.escaped(write(level)))</text>"
    }.joined(separator: "\n")
    return """
      <svg viewBox="0 0 \(Chart.width) \(Chart.height)" role="img" xmlns="http://www.w3.org/2000/svg">
      \(Markup.element("title", title))
      \(Markup.element("desc", description))
      <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#000" stroke-width="2"/></pattern></defs>
      \(grid)
      \(content(place))
      \(names)
      \(legend(isLines: isLines))
      </svg>

      """
  }

  private func legend(isLines: Bool) -> String {
    guard series.count > 1 else { return "" }
    return series.enumerated().map { index, row in
      let x = Chart.left + index * 220
      let dash = index == 0 ? "" : " stroke-dasharray=\"6 4\""
      let sample =
        isLines
        ? "<line x1=\"\(x)\" x2=\"\(x + 24)\" y1=\"13\" y2=\"13\" stroke=\"#000\" stroke-width=\"2\"\(dash)/>"
        : "<rect x=\"\(x)\" y=\"8\" width=\"24\" height=\"10\" stroke=\"#000\" fill=\"\(index == 0 ? "#444" : "url(#hatch)")\"/>"
      return sample + "<text x=\"\(x + 30)\" y=\"17\">\(Markup.escaped(row.label))</text>"
    }.joined()
  }
}
