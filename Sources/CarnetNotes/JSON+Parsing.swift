extension JSON {
  /// Bytes of a JSON text, unless the reader sets another limit.
  public static let bytesMax = Limits.jsonBytesMax
  /// Arrays and objects inside each other, unless the reader sets another limit.
  public static let depthMax = Limits.jsonDepthMax

  /// Members of one object, unless the reader sets another limit.
  public static let membersMax = Limits.jsonMembersMax

  /// Reads one value with white space around it (RFC 8259), in UTF-8 without a byte order mark.
  public init(parsing text: [UInt8], limits: Bounds = Bounds()) throws(JSONError) {
    guard text.count <= limits.bytesMax else { throw .tooLarge(limit: limits.bytesMax) }
    var parser = JSONParser(text: text, limits: limits)
    self = try parser.document()
  }
}

/// Reads JSON by recursive descent; the depth is bounded, hence the stack too.
private struct JSONParser {
  private let text: [UInt8]
  private let depthMax: Int
  private let membersMax: Int
  private var position = 0

  init(text: [UInt8], limits: JSON.Bounds) {
    (self.text, depthMax, membersMax) = (text, limits.depthMax, limits.membersMax)
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == text.count else { throw .unexpected(offset: position) }
    return value
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  /// Steps over `byte` where it comes next.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(JSONError) {
    guard take(byte) else { throw .unexpected(offset: position) }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .integer(try integer())
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard text[position...].starts(with: word.utf8) else { throw .unexpected(offset: position) }
    position += word.utf8.count
    return value
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    try expect("[")
    guard depth <= depthMax else { throw .tooDeep(limit: depthMax) }
    skipSpace()
    guard !take("]") else { return [] }
    var elements: [JSON] = []
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      guard !take("]") else { return elements }
      try expect(",")
    }
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSON.Member] {
    try expect("{")
    guard depth <= depthMax else { throw .tooDeep(limit: depthMax) }
    skipSpace()
    guard !take("}") else { return [] }
    var members: [JSON.Member] = []
    while true {
      guard members.count < membersMax else { throw .tooManyMembers(limit: membersMax) }
      members.append(try member(depth: depth, besides: members))
      skipSpace()
      guard !take("}") else { return members }
      try expect(",")
    }
  }

  private mutating func member(depth: Int, besides others: [JSON.Member]) throws(JSONError) -> JSON.Member {
    skipSpace()
    let start = position
    let key = try string()
    // Names differ when their bytes do; no more of them are compared than an object may have.
    guard !others.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
      throw .repeatedKey(offset: start)
    }
    skipSpace()
    try expect(":")
    return JSON.Member(key, try value(depth: depth))
  }

  /// Reads an integer; what else the grammar of numbers allows is refused by a reason of its own.
  private mutating func integer() throws(JSONError) -> Int64 {
    let start = position
    let isNumberByte = { (byte: UInt8) in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    while let byte = next, isNumberByte(byte) { position += 1 }
    guard position > start else { throw .unexpected(offset: start) }
    guard let value = DecimalText.signed(text[start..<position]) else { throw .notAnInteger(offset: start) }
    return value
  }
}

extension JSONParser {
  private mutating func string() throws(JSONError) -> String {
    try expect("\"")
    let start = position
    var bytes: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else { throw .notUnicode(offset: start) }
        return string
      case UInt8(ascii: "\\"): try escape(into: &bytes)
      case 0..<0x20: throw .unexpected(offset: position - 1)
      default: bytes.append(byte)
      }
    }
    throw .unexpected(offset: position)
  }

  /// Reads what follows a backslash (RFC 8259, section 7).
  private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
    guard let byte = next else { throw .unexpected(offset: position) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"): bytes += String(Character(try escapedScalar())).utf8
    default: throw .unexpected(offset: position - 1)
    }
  }

  /// Reads the digits of `\uXXXX`, or of a pair of surrogates `\uD8XX\uDCXX`.
  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    let start = position - 2
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw .notUnicode(offset: start) }
    let second = try codeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw .notUnicode(offset: start) }
    return scalar
  }

  /// Reads four hexadecimal digits of either case.
  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw .unexpected(offset: position)
      }
      position += 1
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
