public import CarnetLedger
public import CarnetNotes

/// How what a ledger shows today contradicts what it showed before.
public enum Contradiction: String, Hashable, Sendable, CaseIterable {
  /// Another key than the one pinned at first use.
  case keyChanged = "key-changed"
  /// Fewer records than before.
  case shrunk
  /// Two roots for one size.
  case fork
  /// More records, which do not go on from those seen before.
  case rewritten
}

/// A contradiction with both signed checkpoints: whoever has the ledger's key can check that it signed both.
public struct Evidence: Hashable, Sendable {
  public let contradiction: Contradiction
  /// The key pinned at first use.
  public let key: VerifierKey
  /// The key that is shown now.
  public let shownKey: VerifierKey
  /// The checkpoint seen before.
  public let pinned: SignedNote
  /// The one that is shown now; `nil` where none was to be had.
  public let shown: SignedNote?

  /// A text to keep and to pass on.
  var bytes: [UInt8] {
    var writer = TextWriter(capacity: 2_048)
    writer.line("carnet-evidence/v1")
    writer.field("contradiction", contradiction.rawValue)
    writer.field("key", key.description)
    writer.field("shown-key", shownKey.description)
    writer.blankLine()
    writer.line("-- seen before --")
    writer.append(pinned.bytes)
    if let shown {
      writer.line("-- shown now --")
      writer.append(shown.bytes)
    }
    return writer.bytes
  }
}

extension LedgerFolder {
  /// Pins the ledger's key and newest checkpoint at first use, and later asks for a proof that today's journal goes on from
  /// the one seen last.
  ///
  /// - Throws: ``WalletError/contradiction(_:file:)`` with a file of evidence; nothing is pinned then.
  public func checkPin(_ info: LedgerInfo, _ client: LedgerClient, now: Timestamp) throws(WalletError) {
    guard let pin = try pin() else {
      return try pin(info.verifierKey, signed(info.verifierKey, client).note)
    }
    guard let old = try? SignedCheckpoint(pin.checkpoint, verifiedBy: [pin.key]).checkpoint else {
      throw .damaged("pin.json")
    }
    guard pin.key == info.verifierKey else {
      throw try contradiction(.keyChanged, pin, info, try? newest(client), now)
    }
    let growth: LedgerClient.Growth?
    do throws(ClientError) { growth = try client.growth(from: old.size) } catch { throw .client(error) }
    guard let growth else {
      let shown = try signed(pin.key, client)
      throw try contradiction(.shrunk, pin, info, shown.note, now)
    }
    guard let new = try? SignedCheckpoint(growth.checkpoint, verifiedBy: [pin.key]),
      new.checkpoint.origin == pin.key.name
    else { throw .client(.badAnswer("the checkpoint is not signed by the ledger")) }
    if let found = LedgerFolder.contradiction(between: old, and: new.checkpoint, growth.proof) {
      throw try contradiction(found, pin, info, growth.checkpoint, now)
    }
    if new.checkpoint.size > old.size { try self.pin(pin.key, growth.checkpoint) }
  }

  private static func contradiction(
    between old: Checkpoint, and new: Checkpoint, _ proof: [Digest]
  ) -> Contradiction? {
    guard new.size >= old.size else { return .shrunk }
    guard new.size > old.size else { return new.root == old.root ? nil : .fork }
    do throws(ProofError) {
      try Merkle.verifyConsistency(
        from: old.size, to: new.size, oldRoot: old.root, newRoot: new.root, proof: proof)
      return nil
    } catch { return .rewritten }
  }

  private func newest(_ client: LedgerClient) throws(WalletError) -> SignedNote {
    do throws(ClientError) { return try client.checkpoint() } catch { throw .client(error) }
  }

  private func signed(_ key: VerifierKey, _ client: LedgerClient) throws(WalletError) -> SignedCheckpoint {
    guard let signed = try? SignedCheckpoint(try newest(client), verifiedBy: [key]),
      signed.checkpoint.origin == key.name
    else { throw .client(.badAnswer("the checkpoint is not signed by the ledger")) }
    return signed
  }

  /// Keeps the evidence beside the pin, and makes the error that names its file.
  private func contradiction(
    _ contradiction: Contradiction, _ pin: Pin, _ info: LedgerInfo, _ shown: SignedNote?, _ now: Timestamp
  ) throws(WalletError) -> WalletError {
    let evidence = Evidence(
      contradiction: contradiction, key: pin.key, shownKey: info.verifierKey, pinned: pin.checkpoint,
      shown: shown)
    let name = "evidence-\(now.seconds).txt"
    do throws(Folder.Fault) { try folder.write(name, evidence.bytes) } catch { throw .folder(error) }
    return .contradiction(evidence, file: folder.path(of: name))
  }
}
