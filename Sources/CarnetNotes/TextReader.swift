/// Reads the lines of a text from first to last, each by its name: `name value`, one space, LF, visible ASCII.
///
/// It checks form only, and that strictly: what it accepts, ``TextWriter`` writes back to the same bytes.
public struct TextReader: Sendable {
  private let bytes: [UInt8]
  private var position = 0

  /// Starts at the first line of the text.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether every line was read.
  public var isAtEnd: Bool { position == bytes.count }

  /// The bytes not read yet.
  public var rest: ArraySlice<UInt8> { bytes[position...] }

  /// Reads one line and gives it without its LF; it may be empty and hold any bytes.
  public mutating func line() throws(NoteError) -> ArraySlice<UInt8> {
    let end = try lineEnd()
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  /// The place of the LF that ends the next line.
  private func lineEnd() throws(NoteError) -> Int {
    guard let end = bytes.firstLineFeed(from: position) else {
      throw .malformed(isAtEnd ? "the text ends too early" : "the last line has no line feed")
    }
    return end
  }

  /// Reads a line that must be exactly `expected`.
  public mutating func line(_ expected: String) throws(NoteError) {
    let end = try lineEnd()
    guard end - position == expected.utf8.count, bytes.holds(expected, at: position) else {
      throw .malformed("a line is not \"\(expected)\"")
    }
    position = end + 1
  }

  /// Whether the next line is `name`, a space and something.
  public func isNext(_ name: String) -> Bool {
    let behind = position + name.utf8.count
    return behind < bytes.count && bytes[behind] == UInt8(ascii: " ") && bytes.holds(name, at: position)
  }

  /// The name the next line starts with, up to its first space or LF; `nil` at the end.
  public var nextName: ArraySlice<UInt8>? {
    isAtEnd ? nil : rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
  }

  /// Reads `name value`: one value of one or more visible ASCII characters.
  public mutating func field(_ name: String) throws(NoteError) -> ArraySlice<UInt8> {
    let value = try valueRange(of: name)
    guard !value.isEmpty, bytes.isVisible(in: value) else {
      throw .malformed("the value of \"\(name)\" is empty or not visible ASCII without spaces")
    }
    position = value.upperBound + 1
    return bytes[value]
  }

  /// Where the rest of the line behind `name` and a space lies.
  private func valueRange(of name: String) throws(NoteError) -> Range<Int> {
    guard isNext(name) else { throw .malformed("expected the field \"\(name)\"") }
    return position + name.utf8.count + 1..<(try lineEnd())
  }

  /// Reads `name value`, where `-` stands for no value.
  public mutating func optionalField(_ name: String) throws(NoteError) -> ArraySlice<UInt8>? {
    let value = try field(name)
    return value.count == 1 && value.first == UInt8(ascii: "-") ? nil : value
  }

  /// Reads `name value value …` with exactly `count` values, each of visible ASCII, one space before each.
  public mutating func fields<let count: Int>(
    _ name: String
  ) throws(NoteError) -> InlineArray<count, ArraySlice<UInt8>> {
    let line = try valueRange(of: name)
    var values = InlineArray<count, ArraySlice<UInt8>>(repeating: [])
    var (start, found, isWellFormed) = (line.lowerBound, 0, true)
    for place in line where !(0x21..<0x7F).contains(bytes[place]) {
      isWellFormed =
        isWellFormed && bytes[place] == UInt8(ascii: " ") && place > start && found < count - 1
      if isWellFormed { values[found] = bytes[start..<place] }
      (start, found) = (place + 1, found + 1)
    }
    guard isWellFormed, start < line.upperBound, found == count - 1 else {
      throw .malformed("\"\(name)\" does not have \(count) values of visible ASCII")
    }
    values[found] = bytes[start..<line.upperBound]
    position = line.upperBound + 1
    return values
  }

  /// Reads the blank line that must come next.
  public mutating func blankLine() throws(NoteError) {
    guard try line().isEmpty else { throw .malformed("expected a blank line") }
  }

  /// Refuses a text that goes on.
  public func end() throws(NoteError) {
    guard isAtEnd else { throw .malformed("unexpected lines at the end") }
  }
}

extension TextReader {
  /// Reads `name value` as an integer within `range`; `-` before it is only read where the range has negatives.
  public mutating func integer(
    _ name: String, in range: ClosedRange<Int64> = 0...Int64.max
  ) throws(NoteError) -> Int64 {
    guard let value = DecimalText.signed(try field(name)) else {
      throw .malformed("the value of \"\(name)\" is not an integer")
    }
    guard range.contains(value) else { throw .malformed("the value of \"\(name)\" is out of range") }
    return value
  }

  /// Reads `name value` as an unsigned integer.
  public mutating func unsigned(_ name: String) throws(NoteError) -> UInt64 {
    guard let value = DecimalText.unsigned(try field(name)) else {
      throw .malformed("the value of \"\(name)\" is not an unsigned integer")
    }
    return value
  }

  /// Reads `name value` as canonical base64 of exactly `count` bytes.
  public mutating func base64(_ name: String, count: Int) throws(NoteError) -> [UInt8] {
    guard let bytes = Base64.decode(try field(name)), bytes.count == count else {
      throw .malformed("the value of \"\(name)\" is not canonical base64 of \(count) bytes")
    }
    return bytes
  }

  /// Reads `name value` as canonical base64 of 1 to `countMax` bytes.
  public mutating func base64(_ name: String, countMax: Int) throws(NoteError) -> [UInt8] {
    guard let bytes = Base64.decode(try field(name)), bytes.count <= countMax else {
      throw .malformed("the value of \"\(name)\" is not canonical base64 of at most \(countMax) bytes")
    }
    return bytes
  }

  /// Reads `name value` as a digest in base64.
  public mutating func digest(_ name: String) throws(NoteError) -> Digest {
    guard let digest = Digest(base64Bytes: try field(name)) else {
      throw .malformed("the value of \"\(name)\" is not canonical base64 of 32 bytes")
    }
    return digest
  }

  /// Reads `name value` as a digest in base64, where `-` stands for none.
  public mutating func optionalDigest(_ name: String) throws(NoteError) -> Digest? {
    guard let value = try optionalField(name) else { return nil }
    guard let digest = Digest(base64Bytes: value) else {
      throw .malformed("the value of \"\(name)\" is neither - nor canonical base64 of 32 bytes")
    }
    return digest
  }

  /// Reads `name value` as the id of a note: 64 lower-case hexadecimal digits.
  public mutating func id(_ name: String) throws(NoteError) -> NoteID {
    guard let id = NoteID(hexBytes: try field(name)) else {
      throw .malformed("the value of \"\(name)\" is not 64 lower-case hexadecimal digits")
    }
    return id
  }

  /// Reads `name value` as the id of a note, where `-` stands for none.
  public mutating func optionalID(_ name: String) throws(NoteError) -> NoteID? {
    guard let value = try optionalField(name) else { return nil }
    guard let id = NoteID(hexBytes: value) else {
      throw .malformed("the value of \"\(name)\" is neither - nor 64 lower-case hexadecimal digits")
    }
    return id
  }

  /// Reads `name value` as a public key in base64.
  public mutating func publicKey(_ name: String) throws(NoteError) -> PublicKey {
    PublicKey(storage: try digest(name).storage)
  }
}
