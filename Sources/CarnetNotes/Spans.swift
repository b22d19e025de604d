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

extension ArraySlice<UInt8> {
  /// Whether these are exactly the bytes of the text, or, where `isPrefix` is set, begin with them.
  package func matches(_ text: String, isPrefix: Bool = false) -> Bool {
    var text = text
    return text.withUTF8 { expected in
      guard isPrefix ? count >= expected.count : count == expected.count else { return false }
      return unsafe withUnsafeBufferPointer { own in
        for index in expected.indices where unsafe own[index] != expected[index] { return false }
        return true
      }
    }
  }

  /// The place of the first line feed, `nil` for none.
  var lineEnd: Int? {
    unsafe withUnsafeBufferPointer { own in
      guard let start = own.baseAddress,
        let found = unsafe memchr(start, Int32(UInt8(ascii: "\n")), own.count)
      else { return nil }
      return startIndex + (unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start))
    }
  }
}
