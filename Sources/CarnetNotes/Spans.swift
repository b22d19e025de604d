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
