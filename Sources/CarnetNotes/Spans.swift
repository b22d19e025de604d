import Glibc

/// Calls `body` with the bytes of any collection; they are copied only where they do not lie side by side.
func withSpan<Result>(of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
  if let result = bytes.withContiguousStorageIfAvailable({ unsafe body($0.span) }) { return result }
  return body(Array(bytes).span)
}

/// Calls `body` with the UTF-8 of a text. Asked of a view, since `String.withUTF8` wants a copy that it may change.
private func withUTF8<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  if let result = unsafe text.utf8.withContiguousStorageIfAvailable({ unsafe body($0) }) { return result }
  var copy = text
  return copy.withUTF8 { unsafe body($0) }
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

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes stand at that place, which is not beyond the end.
  fileprivate func holds(_ expected: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard count - place >= expected.count else { return false }
    guard let start = baseAddress, let other = expected.baseAddress else { return true }
    return unsafe memcmp(start + place, other, expected.count) == 0
  }
}

// What a reader asks of a text line by line: of the array itself, since a slice for each question would cost more than
// its answer.
extension [UInt8] {
  /// Whether the bytes of the text stand at that place, which is not beyond the end.
  func holds(_ text: String, at place: Int) -> Bool {
    unsafe withUTF8(of: text) { expected in
      unsafe withUnsafeBufferPointer { unsafe $0.holds(expected, at: place) }
    }
  }

  /// Whether these bytes stand at that place, which is not beyond the end.
  package func holds(_ expected: [UInt8], at place: Int) -> Bool {
    unsafe expected.withUnsafeBufferPointer { expected in
      unsafe withUnsafeBufferPointer { unsafe $0.holds(expected, at: place) }
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
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of the array")
    // Without a way out in the middle the loop takes many bytes at a time.
    return unsafe withUnsafeBufferPointer { own in
      var isOther: UInt8 = 0
      for place in range { unsafe isOther |= own[place] &- 0x21 < 0x5E ? 0 : 1 }
      return isOther == 0
    }
  }

  /// Whether there is a control character other than the line feed.
  var hasControlCharacter: Bool {
    unsafe withUnsafeBufferPointer { own in
      var isControl: UInt8 = 0
      for place in own.indices {
        let byte = unsafe own[place]
        isControl |= byte < 0x20 && byte != UInt8(ascii: "\n") ? 1 : 0
      }
      return isControl != 0
    }
  }

  /// Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
  var isUTF8: Bool {
    // What stands in front of the first byte beyond ASCII, which is most of a note, needs no look.
    let start = unsafe withUnsafeBytes { own in
      var place = 0
      while place + 8 <= own.count,
        unsafe own.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      { place += 8 }
      return place
    }
    return span.extracting(start..<count).isUTF8
  }

  /// Writes the UTF-8 of a text behind.
  package mutating func append(utf8 text: String) {
    unsafe withUTF8(of: text) { unsafe append(contentsOf: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// Whether these are exactly the bytes of the text.
  package func matches(_ text: String) -> Bool {
    unsafe withUTF8(of: text) { expected in
      guard count == expected.count else { return false }
      return unsafe withUnsafeBufferPointer { unsafe $0.holds(expected, at: 0) }
    }
  }
}
