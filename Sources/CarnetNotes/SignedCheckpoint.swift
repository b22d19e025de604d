/// A checkpoint with the note that carries it, verified by whoever built the value. A class, since every answer of a batch
/// refers to the same one.
public final class SignedCheckpoint: Hashable, Sendable {
  public let note: SignedNote
  public let checkpoint: Checkpoint

  /// The known keys of the log that signed, in the order they were given.
  public let signers: [VerifierKey]
  /// The known witnesses that cosigned, in the order they were given.
  public let witnesses: [VerifierKey]

  private init(
    note: SignedNote, checkpoint: Checkpoint, signers: [VerifierKey], witnesses: [VerifierKey] = []
  ) {
    (self.note, self.checkpoint) = (note, checkpoint)
    (self.signers, self.witnesses) = (signers, witnesses)
  }

  public static func == (left: SignedCheckpoint, right: SignedCheckpoint) -> Bool {
    left === right
      || left.note == right.note && left.signers == right.signers && left.witnesses == right.witnesses
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(note) }

  /// Reads a signed checkpoint and verifies it.
  ///
  /// - Parameter keys: the log's own keys. One is enough; none of their lines may be wrong, unknown keys are ignored.
  public convenience init(parsing bytes: [UInt8], verifiedBy keys: [VerifierKey]) throws(NoteError) {
    try self.init(SignedNote(parsing: bytes), verifiedBy: keys)
  }

  /// Verifies a note as a signed checkpoint; see ``init(parsing:verifiedBy:)``.
  ///
  /// - Parameter witnesses: keys of witnesses; none has to have signed, none of their lines may be wrong.
  public convenience init(
    _ note: SignedNote, verifiedBy keys: [VerifierKey], witnesses: [VerifierKey] = []
  ) throws(NoteError) {
    let signers = try note.signers(among: keys)
    let cosigners = witnesses.filter { key in note.lines.contains { key.matches($0) } }
    self.init(
      note: note, checkpoint: try Checkpoint(parsing: note.text), signers: signers,
      witnesses: cosigners.isEmpty ? [] : try note.signers(among: cosigners))
  }

  /// The same checkpoint with one more line, last: a witness's.
  public func adding(_ line: SignatureLine, by witness: VerifierKey) throws(NoteError) -> SignedCheckpoint {
    guard witness.isValid(line, for: note.text) else { throw .badSignature(witness.name) }
    return SignedCheckpoint(
      note: try note.adding(line), checkpoint: checkpoint, signers: signers, witnesses: witnesses + [witness])
  }

  /// Signs a ledger's checkpoint with its key, or with both keys while one replaces the other. 1 to 16 keys.
  public static func sign(_ checkpoint: Checkpoint, with keys: [SecretKey]) -> SignedCheckpoint {
    let text = checkpoint.text
    let name = checkpoint.origin
    let lines = keys.map { SignedNote.line(for: text, name: name, with: $0) }
    let signers = keys.map { VerifierKey(name: name, publicKey: $0.publicKey) }
    do {
      let note = try SignedNote(text: text, lines: lines)
      return SignedCheckpoint(note: note, checkpoint: checkpoint, signers: signers)
    } catch {
      preconditionFailure("a checkpoint is signed by 1 to 16 keys")
    }
  }

  /// The signed note on the wire and on disk.
  public var bytes: [UInt8] { note.bytes }
}
