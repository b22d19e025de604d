import Glibc

/// Calls `body` with the bytes of any collection; they are copied only where they do not lie side by side.
func withSpan<Result>(of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
  if let result = bytes.withContiguousStorageIfAvailable({ unsafe body($0.span) }) { return result }
  return body(Array(bytes).span)
}

extension Span where Element == UInt8 {
  /// Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
  var isUTF8: Bool {
    (try? UTF8Span(validating: self)) != nil
  }
}

extension FixedWidthInteger {
  /// The bytes of the number, the most significant first.
  package var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

extension [UInt8] {
  /// Whether these begin with the other bytes.
  package func begins(with other: [UInt8]) -> Bool {
    guard count >= other.count else { return false }
    return unsafe withUnsafeBufferPointer { own in
      unsafe other.withUnsafeBufferPointer { other in
        guard let start = own.baseAddress, let expected = other.baseAddress else { return true }
        return unsafe memcmp(start, expected, other.count) == 0
      }
    }
  }
}

// What a reader asks of a text line by line: of the array itself, since a slice for each question would cost more than
// its answer.
extension [UInt8] {
  /// Whether the bytes of the text stand at that place.
  func holds(_ text: String, at place: Int) -> Bool {
    var text = text
    return text.withUTF8 { expected in
      guard count - place >= expected.count else { return false }
      for index in expected.indices where unsafe self[place + index] != expected[index] { return false }
      return true
    }
  }

  /// The place of the first line feed from there on, `nil` for none.
  func firstLineFeed(from place: Int) -> Int? {
    unsafe withUnsafeBufferPointer { own in
      guard place < own.count, let start = own.baseAddress,
        let found = unsafe memchr(start + place, Int32(UInt8(ascii: "\n")), own.count - place)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }
  }

  /// Whether all of these are visible ASCII without spaces.
  func isVisible(in range: Range<Int>) -> Bool {
    for place in range where !(0x21..<0x7F).contains(self[place]) { return false }
    return true
  }

  /// Writes the UTF-8 of a text behind.
  package mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { unsafe append(contentsOf: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// Whether these are exactly the bytes of the text.
  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { expected in
      guard count == expected.count else { return false }
      return unsafe withUnsafeBufferPointer { own in
        for index in expected.indices where unsafe own[index] != expected[index] { return false }
        return true
      }
    }
  }
}
