/// Thirty-two bytes held in four words, most significant first, so that they order like the bytes do.
struct Bytes32: Hashable, Comparable, Sendable {
  /// Bytes that one value holds.
  static let count = 32

  private let first, second, third, fourth: UInt64

  /// Takes over exactly 32 bytes; any other count gives `nil`.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Bytes32.count else { return nil }
    self = withSpan(of: bytes) { Bytes32(exactly: $0) }
  }

  private init(exactly bytes: Span<UInt8>) {
    func word(at offset: Int) -> UInt64 {
      var word: UInt64 = 0
      for index in offset..<offset + 8 { word = word << 8 | UInt64(bytes[index]) }
      return word
    }
    (first, second, third, fourth) = (word(at: 0), word(at: 8), word(at: 16), word(at: 24))
  }

  /// Lets a C function write the 32 bytes in place.
  init(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    unsafe withUnsafeMutableBytes(of: &words) { raw in
      // The tuple is 32 bytes long and never empty, so there is a first address.
      unsafe raw.withMemoryRebound(to: UInt8.self) { unsafe fill($0.baseAddress!) }
    }
    (first, second) = (UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
    (third, fourth) = (UInt64(bigEndian: words.2), UInt64(bigEndian: words.3))
  }

  /// The bytes in a new array.
  var bytes: [UInt8] {
    unsafe withBytes { unsafe Array(UnsafeBufferPointer(start: $0, count: Bytes32.count)) }
  }

  /// Calls `body` with the 32 bytes, which live on the stack until it returns.
  func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    let words = (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
    return unsafe withUnsafeBytes(of: words) { raw in
      // As above, never empty.
      unsafe raw.withMemoryRebound(to: UInt8.self) { unsafe body($0.baseAddress!) }
    }
  }

  /// The first four bytes in big-endian order.
  var leadingWord: UInt32 { UInt32(truncatingIfNeeded: first >> 32) }

  static func < (left: Bytes32, right: Bytes32) -> Bool {
    (left.first, left.second, left.third, left.fourth)
      < (right.first, right.second, right.third, right.fourth)
  }
}
