/// Builds a text line by line, the counterpart of ``TextReader``.
///
/// It writes what it is given: that a value is visible ASCII without spaces is the caller's to know.
public struct TextWriter: Sendable {
  /// All that was written.
  public private(set) var bytes: [UInt8] = []

  /// Starts an empty text; `capacity` is a guess of its bytes, not a limit.
  public init(capacity: Int = 512) {
    bytes.reserveCapacity(capacity)
  }

  /// Writes bytes as they are.
  public mutating func append(_ bytes: [UInt8]) {
    self.bytes += bytes
  }

  /// Writes a line, LF included.
  public mutating func line(_ text: String) {
    bytes.append(utf8: text)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes a line, LF included.
  public mutating func line(_ text: [UInt8]) {
    bytes += text
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes the digest in base64 as a line, LF included.
  public mutating func line(base64 value: Digest) {
    value.appendBase64(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes an empty line.
  public mutating func blankLine() {
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes `name value`.
  public mutating func field(_ name: String, _ value: String) {
    field(name) { $0.append(utf8: value) }
  }

  /// Writes `name value`, the value being ASCII already.
  public mutating func field(_ name: String, _ value: [UInt8]) {
    field(name) { $0 += value }
  }

  /// Writes `name value`, the value being ASCII already.
  public mutating func field(_ name: String, _ value: ArraySlice<UInt8>) {
    field(name) { $0 += value }
  }

  /// Writes `name value` in decimal digits.
  public mutating func field(_ name: String, _ value: Int64) {
    field(name) { DecimalText.append(value, to: &$0) }
  }

  /// Writes `name value` in decimal digits.
  public mutating func field(_ name: String, _ value: UInt64) {
    field(name) { DecimalText.append(value, to: &$0) }
  }

  /// Writes `name value value …`.
  public mutating func field(_ name: String, _ values: [String]) {
    field(name, values.joined(separator: " "))
  }

  /// Writes `name value`, the bytes in base64.
  public mutating func field(_ name: String, base64 value: [UInt8]) {
    field(name) { Base64.append(value, to: &$0) }
  }

  /// Writes `name value`, the digest in base64, or `-` for none.
  public mutating func field(_ name: String, base64 value: Digest?) {
    guard let value else { return field(name, "-") }
    field(name) { value.appendBase64(to: &$0) }
  }

  /// Writes `name value`, the id in hexadecimal, or `-` for none.
  public mutating func field(_ name: String, id value: NoteID?) {
    guard let value else { return field(name, "-") }
    field(name) { value.appendHex(to: &$0) }
  }

  /// Writes `name value`, the key in base64.
  public mutating func field(_ name: String, _ value: PublicKey) {
    field(name) { value.appendBase64(to: &$0) }
  }

  /// Writes `name value` or `name value value …`: whatever `value` writes.
  package mutating func field(_ name: String, value: (inout [UInt8]) -> Void) {
    bytes.append(utf8: name)
    bytes.append(UInt8(ascii: " "))
    value(&bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}
