public import CarnetNotes
import Synchronization

/// What a witness keeps: its key, the logs it vouches for, and for each the newest checkpoint it cosigned.
///
///     witness.key            name and secret key, mode 0600
///     witness.logs           a verifier key a line
///     <SHA-256 of the origin>.checkpoint
///     witness.lock           held by the process that signs
///
/// A checkpoint is compared and stored in one step, on the disk before anything is signed: a witness that forgets could be
/// made to sign two histories.
public final class WitnessStore: Sendable {
  /// Why a request gets no cosignature (C2SP tlog-witness).
  public enum Refusal: Error, Hashable, Sendable {
    /// Not of its form, or the old size is beyond the new one: 400.
    case malformed(String)
    /// The log is not one this witness vouches for: 404.
    case unknownLog
    /// No signature by a trusted key: 403.
    case badSignature
    /// The witness knows another size: 409 with that size.
    case otherSize(UInt64)
    /// The proof does not lead from what the witness knows: 422.
    case inconsistent
    /// The state cannot be read or kept: nothing was signed.
    case storage(StoreError)
  }

  public let name: String
  private let folder: String
  private let key: SecretKey
  private let logs: Mutex<[VerifierKey]>
  private let lock: LockFile?
  /// Held from the comparison to the end of the write.
  private let turn = Mutex(())

  public var verifierKey: VerifierKey {
    VerifierKey(name: name, publicKey: key.publicKey, algorithm: .cosignature)
  }

  /// The logs that are vouched for.
  public var trusted: [VerifierKey] { logs.withLock { $0 } }

  private static let header = "carnet-witness-key/v1"

  /// Makes a witness with a new key; nothing of one must be there.
  ///
  /// - Parameter name: schema-less and without spaces or plus, such as `witness.mel.example`.
  public static func create(_ folder: String, name: String) throws(StoreError) -> VerifierKey {
    guard VerifierKey.isName(name) else { throw .damaged("name") }
    try FileSystem.makeFolder(folder)
    guard !FileSystem.exists("\(folder)/witness.key") else { throw .exists }
    let key = SecretKey.generate()
    var writer = TextWriter()
    writer.line(header)
    writer.field("name", name)
    unsafe key.withSeed { seed in unsafe writer.field("key", base64: Array(seed)) }
    try FileSystem.replace("\(folder)/witness.key", with: writer.bytes, mode: 0o600)
    return VerifierKey(name: name, publicKey: key.publicKey, algorithm: .cosignature)
  }

  /// Opens a witness; to sign, it must be the only process that does.
  public init(_ folder: String, signs: Bool) throws(StoreError) {
    (name, key) = try WitnessStore.readKey("\(folder)/witness.key")
    lock = signs ? try LockFile("\(folder)/witness.lock") : nil
    self.folder = folder
    logs = Mutex(try WitnessStore.readLogs("\(folder)/witness.logs"))
  }

  private static func readKey(_ path: String) throws(StoreError) -> (String, SecretKey) {
    let file: FileDescriptor
    do throws(StoreError) { file = try FileDescriptor(path, 0) } catch StoreError.missing {
      throw .keyMissing
    }
    guard try file.permissions().mode & 0o077 == 0 else { throw .keyExposed }
    let bytes = try file.read(bytesMax: Limits.smallFileBytesMax)
    do throws(NoteError) {
      var reader = TextReader(bytes)
      try reader.line(header)
      let name = String(decoding: try reader.field("name"), as: UTF8.self)
      guard let key = SecretKey(seed: try reader.base64("key", count: SecretKey.seedByteCount)),
        VerifierKey.isName(name)
      else { throw .malformed("key") }
      try reader.end()
      return (name, key)
    } catch { throw .keyWrong }
  }

  private static func readLogs(_ path: String) throws(StoreError) -> [VerifierKey] {
    let file: FileDescriptor
    do throws(StoreError) { file = try FileDescriptor(path, 0) } catch StoreError.missing { return [] }
    let lines = try file.read(bytesMax: Limits.witnessLogsBytesMax).split(separator: UInt8(ascii: "\n"))
    let keys = lines.compactMap { VerifierKey(String(decoding: $0, as: UTF8.self)) }
    guard keys.count == lines.count else { throw .damaged("witness.logs") }
    return keys
  }

  /// Vouches for a log from now on; the same again changes nothing.
  public func trust(_ log: VerifierKey) throws(StoreError) {
    try logs.withLock { logs throws(StoreError) in
      guard !logs.contains(log) else { return }
      guard logs.count < Limits.witnessLogsMax else { throw .full }
      let text = (logs + [log]).map { "\($0)\n" }.joined()
      try FileSystem.replace("\(folder)/witness.logs", with: Array(text.utf8), mode: 0o644)
      logs.append(log)
    }
  }

  private func path(of origin: String) -> String {
    "\(folder)/\(Digest.sha256(Array(origin.utf8)).hex).checkpoint"
  }

  /// The newest checkpoint of a log that was cosigned; `nil` for none.
  public func newest(of origin: String) throws(StoreError) -> Checkpoint? {
    guard let note = try HeadFile.read(path(of: origin)) else { return nil }
    guard let checkpoint = try? Checkpoint(parsing: note.text) else { throw .damaged("checkpoint") }
    return checkpoint
  }

  /// Checks that a checkpoint goes on from the one known, keeps it, and cosigns it.
  public func add(_ request: AddCheckpoint, at seconds: Int64) throws(Refusal) -> SignatureLine {
    guard let claimed = try? Checkpoint(parsing: request.checkpoint.text) else {
      throw .malformed("checkpoint")
    }
    let keys = trusted.filter { $0.name == claimed.origin }
    guard !keys.isEmpty else { throw .unknownLog }
    guard let signed = try? SignedCheckpoint(request.checkpoint, verifiedBy: keys) else {
      throw .badSignature
    }
    guard request.old <= claimed.size else { throw .malformed("old") }
    try turn.withLock { _ throws(Refusal) in try advance(to: signed, request) }
    return Cosignature.line(for: signed.checkpoint, name: name, key: key, at: seconds)
  }

  private func advance(to signed: SignedCheckpoint, _ request: AddCheckpoint) throws(Refusal) {
    let new = signed.checkpoint
    let known: Checkpoint?
    do throws(StoreError) { known = try newest(of: new.origin) } catch { throw .storage(error) }
    guard request.old == known?.size ?? 0 else { throw .otherSize(known?.size ?? 0) }
    if let known, known.size == new.size {
      guard known.root == new.root else { throw .otherSize(known.size) }
      guard request.proof.isEmpty else { throw .inconsistent }
      return
    }
    guard WitnessStore.isContinued(known, by: new, request.proof) else { throw .inconsistent }
    do throws(StoreError) {
      try FileSystem.replace(path(of: new.origin), with: signed.bytes, mode: 0o644)
    } catch { throw .storage(error) }
  }

  private static func isContinued(_ known: Checkpoint?, by new: Checkpoint, _ proof: [Digest]) -> Bool {
    guard let known, known.size > 0 else { return proof.isEmpty }
    do throws(ProofError) {
      try Merkle.verifyConsistency(
        from: known.size, to: new.size, oldRoot: known.root, newRoot: new.root, proof: proof)
      return true
    } catch { return false }
  }
}
