extension JSON {
  /// The shortest text: no spaces, members in their order, only `"`, `\` and control characters escaped.
  public func serialized() -> [UInt8] {
    var text: [UInt8] = []
    append(to: &text, indent: nil)
    return text
  }

  /// A text for people: one member or element a line, two spaces of indent a level, LF at the end.
  public func pretty() -> [UInt8] {
    var text: [UInt8] = []
    append(to: &text, indent: 0)
    text.append(UInt8(ascii: "\n"))
    return text
  }

  private func append(to text: inout [UInt8], indent: Int?) {
    switch self {
    case .null: text += "null".utf8
    case .bool(let bool): text += (bool ? "true" : "false").utf8
    case .integer(let integer): DecimalText.append(integer, to: &text)
    case .string(let string): JSON.append(string, to: &text)
    case .array(let elements):
      JSON.append(elements, between: "[", "]", to: &text, indent: indent) { element, text, indent in
        element.append(to: &text, indent: indent)
      }
    case .object(let members):
      JSON.append(members, between: "{", "}", to: &text, indent: indent) { member, text, indent in
        JSON.append(member.key, to: &text)
        text += (indent == nil ? ":" : ": ").utf8
        member.value.append(to: &text, indent: indent)
      }
    }
  }

  /// Writes items with commas between them, on lines of their own where there is an indent.
  private static func append<Item>(
    _ items: [Item], between opening: Unicode.Scalar, _ closing: Unicode.Scalar, to text: inout [UInt8],
    indent: Int?, item: (Item, inout [UInt8], Int?) -> Void
  ) {
    text.append(UInt8(ascii: opening))
    for (index, element) in items.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      breakLine(in: &text, indent: indent.map { $0 + 1 })
      item(element, &text, indent.map { $0 + 1 })
    }
    if !items.isEmpty { breakLine(in: &text, indent: indent) }
    text.append(UInt8(ascii: closing))
  }

  private static func breakLine(in text: inout [UInt8], indent: Int?) {
    guard let indent else { return }
    text.append(UInt8(ascii: "\n"))
    for _ in 0..<indent { text += "  ".utf8 }
  }

  /// Writes a string with its quotes: RFC 8259, section 7.
  private static func append(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): text += #"\""#.utf8
      case UInt8(ascii: "\\"): text += #"\\"#.utf8
      case 0x08: text += #"\b"#.utf8
      case 0x09: text += #"\t"#.utf8
      case 0x0A: text += #"\n"#.utf8
      case 0x0C: text += #"\f"#.utf8
      case 0x0D: text += #"\r"#.utf8
      case 0..<0x20: text += #"\u00"#.utf8 + (Hex.encode([byte]) as [UInt8])
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
