public import CarnetLedger
public import CarnetNotes

/// A cheque that was written or handed in from this wallet.
public struct KeptCheque: Sendable {
  public let cheque: Cheque
  /// Whether its ledger said that the payer took it back.
  public let isVoid: Bool
  /// The record that paid it, by the receipt that is kept here.
  public let record: Record?

  public init(cheque: Cheque, isVoid: Bool, record: Record?) {
    (self.cheque, self.isVoid, self.record) = (cheque, isVoid, record)
  }

  /// What is known of it at a moment.
  public func state(at now: Timestamp) -> ChequeState {
    if record != nil { return .cashed }
    if isVoid { return .void }
    return cheque.text.isExpired(at: now) ? .expired : .notYetPaid
  }
}

/// The cheques of a ledger: `cheques/<id>.json`, at most ``chequesMax``.
extension LedgerFolder {
  /// Cheques that are kept.
  public static let chequesMax = Limits.chequesMax

  private var chequesFolder: Folder { folder.folder("cheques") }

  /// Keeps a cheque, on the disk before this returns; one that is there already stays as it is.
  ///
  /// - Throws: ``WalletError/chequesFull(limit:)`` where every one that is kept may still be cashed.
  public func keep(_ cheque: Cheque, now: Timestamp) throws(WalletError) {
    let kept = try cheques()
    guard !kept.contains(where: { $0.cheque.id == cheque.id }) else { return }
    if kept.count >= Limits.chequesMax {
      let over = kept.filter { $0.state(at: now) != .notYetPaid }
      guard let oldest = over.min(by: { $0.cheque.end < $1.cheque.end }) else {
        throw .chequesFull(limit: Limits.chequesMax)
      }
      do throws(Folder.Fault) { try chequesFolder.remove("\(oldest.cheque.id.hex).json") } catch {
        throw .folder(error)
      }
    }
    try write(cheque, isVoid: false)
  }

  /// Remembers that a cheque was taken back, where it is kept here.
  public func markVoid(_ id: NoteID) throws(WalletError) {
    guard let kept = try cheque(id), !kept.isVoid else { return }
    try write(kept.cheque, isVoid: true)
  }

  /// Every cheque that is kept, the one that ends last in front; what cannot be read is reported, not passed over.
  public func cheques() throws(WalletError) -> [KeptCheque] {
    var kept: [KeptCheque] = []
    for name in chequesFolder.names(endingIn: ".json") {
      if let cheque = try cheque(in: name) { kept.append(cheque) }
    }
    return kept.sorted { ($0.cheque.end, $0.cheque.id.hex) > ($1.cheque.end, $1.cheque.id.hex) }
  }

  /// The cheque of an id, `nil` where it is not kept.
  public func cheque(_ id: NoteID) throws(WalletError) -> KeptCheque? { try cheque(in: "\(id.hex).json") }

  private func cheque(in name: String) throws(WalletError) -> KeptCheque? {
    let bytes: [UInt8]?
    do throws(Folder.Fault) { bytes = try chequesFolder.read(name) } catch { throw .folder(error) }
    guard let bytes else { return nil }
    guard let json = try? JSON(parsing: bytes), let isVoid = json["void"]?.bool,
      let cheque = json["cheque"]?.string.flatMap({ try? Cheque(parsing: Array($0.utf8)) })
    else { throw .damaged(name) }
    return KeptCheque(cheque: cheque, isVoid: isVoid, record: try record(of: cheque.id))
  }

  private func write(_ cheque: Cheque, isVoid: Bool) throws(WalletError) {
    let json = JSON.object([
      "cheque": .string(String(decoding: cheque.bytes, as: UTF8.self)), "void": .bool(isVoid),
    ])
    do throws(Folder.Fault) { try chequesFolder.write("\(cheque.id.hex).json", json.serialized()) } catch {
      throw .folder(error)
    }
  }

  /// The record of a note by the receipt that is kept of it.
  public func record(of id: NoteID) throws(WalletError) -> Record? {
    guard let receipt = try receipt(id) else { return nil }
    guard let record = try? Record(parsing: receipt.record), record.text.id == id else {
      throw .damaged("\(id.hex).txt")
    }
    return record
  }

  /// Whose keys they are, as far as this wallet can tell: its own, and those under records of which it keeps receipts.
  public func knownOwners() throws(WalletError) -> [PublicKey: MemberNumber] {
    var owners = try ownNumbers()
    for id in receiptIDs {
      guard let receipt = try receipt(id), let record = try? Record(parsing: receipt.record) else { continue }
      for signer in record.signers + record.text.enrols {
        // Of one's own keys the ledger's word counts; a key is enrolled once, so that two words are a fault of one.
        if let member = signer.member, owners[signer.key] == nil { owners[signer.key] = member }
      }
    }
    return owners
  }
}
