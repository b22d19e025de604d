import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct ClosingProofTests {
  let closing: ClosingTown
  let key: VerifierKey
  let receipt: Receipt

  init() throws {
    closing = try ClosingTown()
    let town = closing.town
    try town.accept(closing.closing(), by: town.officer)
    key = town.place.verifierKey
    let leaves = town.books.records.map { Merkle.leafHash($0.bytes) }
    var tree = TreeFrontier()
    for leaf in leaves { tree.append(leaf) }
    let checkpoint = SignedCheckpoint.sign(
      Checkpoint(origin: town.place.origin, size: tree.size, root: tree.root), with: [town.place.ledgerKey])
    let last = UInt64(leaves.count - 1)
    let proof = Merkle.inclusionProof(index: last, size: tree.size) { level, index in
      let start = Int(index) << level
      var part = TreeFrontier()
      for leaf in leaves[start..<start + 1 << level] { part.append(leaf) }
      return part.root
    }
    receipt = Receipt(
      record: town.books.records[leaves.count - 1].bytes, index: last, proof: proof,
      checkpoint: checkpoint.note)
  }

  private func proof(_ account: AccountID) throws -> ClosingProof {
    try #require(closing.tree.proof(of: account, closing: receipt))
  }

  @Test("every account proves its balance, and the text reads back to the same bytes")
  func everyone() throws {
    let book = closing.town.state.book
    for (account, balance) in zip(book.accounts, book.balances)
    where account.currency != .euro && account.name != .system(.circulation) {
      let proof = try proof(account)
      #expect(proof.balance == balance)
      #expect(try ClosingProof(parsing: proof.bytes) == proof)
      let verified = try proof.verify(ledger: key)
      #expect(verified.total.currency == account.currency && verified.closing.cutoff == closing.cutoff)
    }
    #expect(
      closing.tree.proof(of: AccountID(closing.town.teller.number, Town.mel), closing: receipt) == nil)
  }

  @Test("no single changed byte of a proof is accepted")
  func altered() throws {
    let bytes = try proof(AccountID(closing.town.alice.number, Town.mel)).bytes
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x10] {
        var changed = bytes
        changed[index] ^= change
        guard let read = try? ClosingProof(parsing: changed) else { continue }
        #expect(throws: ClosingProofError.self, "byte \(index)") { try read.verify(ledger: key) }
      }
    }
  }

  @Test("a proof cut short, with a node more or less, of another account or by another key is refused")
  func wrong() throws {
    let proof = try proof(AccountID(closing.town.alice.number, Town.mel))
    let text = String(decoding: proof.bytes, as: UTF8.self)
    for count in stride(from: 0, to: proof.bytes.count, by: 7) {
      #expect(throws: NoteError.self) { try ClosingProof(parsing: Array(proof.bytes[..<count])) }
    }
    let node = try #require(text.split(separator: "\n").first { $0.hasPrefix("node ") })
    let fewer = text.replacing("\(node)\n", with: "", maxReplacements: 1)
    let more = text.replacing("\(node)\n", with: "\(node)\n\(node)\n", maxReplacements: 1)
    for changed in [fewer, more] {
      let read = try ClosingProof(parsing: Array(changed.utf8))
      #expect(throws: ClosingProofError.noTree) { try read.verify(ledger: key) }
    }
    let other = text.replacing(
      "account \(closing.town.alice.number)", with: "account \(closing.town.bob.number)")
    #expect(throws: ClosingProofError.rootDiffers) {
      try ClosingProof(parsing: Array(other.utf8)).verify(ledger: key)
    }
    let foreign = VerifierKey(
      origin: closing.town.place.origin, publicKey: SecretKey.generate().publicKey)
    #expect(throws: ClosingProofError.receipt(.checkpoint(.unsigned))) { try proof.verify(ledger: foreign) }
    #expect(throws: NoteError.tooLarge(limit: ClosingProof.bytesMax)) {
      try ClosingProof(parsing: Array(repeating: 0x61, count: ClosingProof.bytesMax + 1))
    }
  }

  @Test("the tree says nothing about the order of accounts, and is the same each time it is made")
  func order() throws {
    let balances = (0..<33).map { _ in
      var random = SystemRandomSource()
      return (AccountID(MemberNumber.random(using: &random), Town.mel), Int64(5))
    }
    let make = { (secret: Digest) in
      try ClosingTree(
        origin: closing.town.place.origin, cutoff: 7, secret: secret, balances: balances)
    }
    let (first, again, other) = try (make(Samples.hash), make(Samples.hash), make(Digest.sha256([1])))
    #expect(first.totals == again.totals && first.totals != other.totals)
    #expect(first.totals.map(\.leaves) == [64] && first.totals.map(\.total) == [165])
    let places = balances.compactMap { first.proof(of: $0.0, closing: receipt)?.index }
    #expect(Set(places).count == 33 && places != places.sorted())
  }

  @Test("sums beyond 64 bits are refused, not wrapped")
  func overflow() throws {
    let blind = Samples.hash
    let leaf = try #require(SumTree.leaf(value: .max, blind: blind))
    let one = try #require(SumTree.leaf(value: 1, blind: blind))
    let zero = try #require(SumTree.leaf(value: 0, blind: blind))
    #expect(SumTree.node(leaf, one) == nil && SumTree.rows(over: [leaf, one]) == nil)
    #expect(SumTree.node(leaf, zero)?.sum == .max)
    #expect(SumTree.leaf(value: -1, blind: blind) == nil && SumTree.Node(sum: -1, hash: blind) == nil)
    #expect(SumTree.root(leaf: one, index: 2, path: [zero]) == nil)
  }
}
