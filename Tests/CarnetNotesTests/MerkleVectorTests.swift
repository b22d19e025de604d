import CarnetNotes
import Testing

@Suite("Merkle proofs against published vectors") struct MerkleVectorTests {
  /// A hash in base64; one of another length than 32 bytes is no digest, so nothing can be proved with it.
  private func digests(_ texts: [String]?) -> [Digest]? {
    let digests = (texts ?? []).map { Digest(base64: $0) }
    return digests.contains(nil) ? nil : digests.compactMap { $0 }
  }

  struct InclusionVector: Decodable {
    let leafIdx, treeSize: UInt64
    let root, leafHash: String?
    let proof: [String]?
    let name: String
    let wantErr: Bool
  }

  @Test("inclusion: accepted and refused as published")
  func inclusion() throws {
    let vectors = try VectorFiles.decode([InclusionVector].self, from: "merkle-rfc6962/inclusion.json")
    #expect(vectors.count == 98)
    for vector in vectors {
      #expect(proves(vector) == !vector.wantErr, "\(vector.name)")
    }
  }

  private func proves(_ vector: InclusionVector) -> Bool {
    guard let root = Digest(base64: vector.root ?? ""), let leaf = Digest(base64: vector.leafHash ?? ""),
      let proof = digests(vector.proof)
    else { return false }
    do {
      try Merkle.verifyInclusion(
        leaf: leaf, index: vector.leafIdx, size: vector.treeSize, root: root, proof: proof)
      return true
    } catch { return false }
  }

  struct ConsistencyVector: Decodable {
    let size1, size2: UInt64
    let root1, root2: String?
    let proof: [String]?
    let name: String
    let wantErr: Bool
  }

  @Test("consistency: accepted and refused as published")
  func consistency() throws {
    let vectors = try VectorFiles.decode([ConsistencyVector].self, from: "merkle-rfc6962/consistency.json")
    #expect(vectors.count > 90)
    for vector in vectors {
      #expect(proves(vector) == !vector.wantErr, "\(vector.name)")
    }
  }

  /// The root, or a digest of its own where the vector has text that is no hash ("don't care").
  private func standIn(for root: String?) -> Digest? {
    Base64.decode(root ?? "").map { Digest($0) ?? Digest.sha256($0) }
  }

  private func proves(_ vector: ConsistencyVector) -> Bool {
    guard let oldRoot = standIn(for: vector.root1), let newRoot = standIn(for: vector.root2),
      let proof = digests(vector.proof)
    else { return false }
    do {
      try Merkle.verifyConsistency(
        from: vector.size1, to: vector.size2, oldRoot: oldRoot, newRoot: newRoot, proof: proof)
      return true
    } catch { return false }
  }
}
