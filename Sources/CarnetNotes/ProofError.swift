/// Why a Merkle proof proves nothing.
public enum ProofError: Error, Hashable, Sendable {
  /// The leaf's index is not below the size of the tree.
  case indexBeyondSize
  /// The older tree is larger than the newer one.
  case sizesReversed
  /// The older tree has no leaves, which proves nothing about the newer one.
  case emptyTree
  /// More or fewer hashes than index and size ask for.
  case wrongLength(expected: Int, actual: Int)
  /// The hashes lead to another root.
  case rootDiffers
}

extension ProofError: CustomStringConvertible {
  /// One sentence, lower case, without full stop.
  public var description: String {
    switch self {
    case .indexBeyondSize: "the index is not below the size of the tree"
    case .sizesReversed: "the older tree is larger than the newer one"
    case .emptyTree: "the older tree is empty"
    case .wrongLength(let expected, let actual): "the proof has \(actual) hashes instead of \(expected)"
    case .rootDiffers: "the proof leads to another root"
    }
  }
}
