public import CarnetNotes

/// A note and the enrolled keys that its lines claim; asking whether the signatures hold needs no state any more.
public struct UnverifiedSubmission: Sendable {
  let submission: Submission
  /// The lines whose name and key id are those of a known key, the signer's own first.
  fileprivate let claims: [Claim]

  struct Claim: Sendable {
    let line: SignatureLine
    let signer: Record.Signer
  }

  /// Verifies every claimed signature; this is where the time goes (about 60 µs a line).
  ///
  /// - Throws: ``Refusal/badSignature``: a known key's line must hold, even one that would not have counted.
  public func verify() throws(Refusal) -> VerifiedSubmission {
    for claim in claims {
      guard let signature = claim.line.signature,
        claim.signer.key.isValid(signature, for: submission.note.text)
      else { throw .badSignature }
    }
    return VerifiedSubmission(submission: submission, lines: claims)
  }
}

/// A note whose lines by known keys all hold. Keys are only ever added, so it stays true.
public struct VerifiedSubmission: Sendable {
  public let submission: Submission
  let lines: [UnverifiedSubmission.Claim]

  public var text: NoteText { submission.text }
  public var id: NoteID { submission.id }

  /// Takes lines as verified, for a replay that has verified them already or means to leave that out.
  package init(unchecked unverified: UnverifiedSubmission) {
    self.init(submission: unverified.submission, lines: unverified.claims)
  }

  init(submission: Submission, lines: [UnverifiedSubmission.Claim]) {
    (self.submission, self.lines) = (submission, lines)
  }
}

extension LedgerState {
  /// Finds the keys that a note's lines claim: enrolled ones, and those that the note itself brings.
  ///
  /// - Throws: ``Refusal/wrongLedger``, ``Refusal/unknownKey``, or ``Refusal/badSignature`` where the signer's own line
  ///   is missing.
  public func unverified(_ submission: Submission) throws(Refusal) -> UnverifiedSubmission {
    let text = submission.text
    guard text.ledger == origin else { throw .wrongLedger }
    guard let key = keyStandings[text.key], key.member == text.signer else { throw .unknownKey }
    if let own = UnverifiedSubmission(ownLineOf: submission, key: key, at: origin) { return own }
    return try UnverifiedSubmission(submission, at: origin) { number in
      let brought = submission.text.operation.broughtKeys.filter { $0.member == number }
      guard let number else { return brought + ledgerKeys.entries.map { .init(member: nil, key: $0.key) } }
      return brought + (members[number]?.keys ?? []).map { .init(member: number, key: $0.publicKey) }
    }
  }

  /// The note of a record that is replayed, its lines taken as verified: whose they are stands in the record, and the keys
  /// must be known.
  ///
  /// - Parameter lines: what ``lines(of:)`` says of the record.
  /// - Throws: ``Refusal/wrongLedger`` or ``Refusal/unknownKey``.
  package func replaying(
    _ record: Record, _ lines: RecordLines, as submission: Submission
  ) throws(Refusal) -> VerifiedSubmission {
    guard record.ledger == origin else { throw .wrongLedger }
    var claims: [UnverifiedSubmission.Claim] = []
    claims.reserveCapacity(record.signers.count)
    for (signer, line) in zip(record.signers, record.note.lines) {
      guard
        lines == .knownSigners || isKnown(signer) || record.text.operation.broughtKeys.contains(signer)
      else { throw .unknownKey }
      claims.append(.init(line: line, signer: signer))
    }
    return VerifiedSubmission(submission: submission, lines: claims)
  }

  /// The lines of a record, `nil` where one is by another key or under another name than its signer's.
  package func lines(of record: Record) -> RecordLines? {
    guard record.signers.count == 1, let key = keyStandings[record.signers[0].key] else {
      return RecordLines(of: record)
    }
    let isSigners =
      key.member == record.signers[0].member && record.ledger == origin
      && key.isNamed(by: record.note.lines[0], at: origin)
    return isSigners ? .knownSigners : nil
  }

  /// Whether the key was ever enrolled for that member, or signed for the ledger.
  private func isKnown(_ signer: Record.Signer) -> Bool {
    guard let member = signer.member else { return ledgerKeys.contains(signer.key) }
    return keyStandings[signer.key]?.member == member
  }

  /// The same for the note that opens a ledger: its keys are in it.
  public static func unverified(genesis submission: Submission) throws(Refusal) -> UnverifiedSubmission {
    let text = submission.text
    return try UnverifiedSubmission(submission, at: text.ledger) { number in
      (text.operation.broughtKeys + [Record.Signer(member: text.signer, key: text.key)])
        .filter { $0.member == number }
    }
  }
}

/// What is known of the lines of a record, each of which is by the key and under the name of its signer.
package enum RecordLines: Sendable {
  case signers
  /// The keys are known to the state as well.
  case knownSigners

  /// `nil` where a line is by another key or under another name.
  package init?(of record: Record) {
    guard record.linesAreTheSigners else { return nil }
    self = .signers
  }
}

extension KeyStanding {
  /// Whether the line carries this key's name and id, which says nothing yet about its signature; ``VerifierKey/matches(_:)``
  /// without making the name and the id anew.
  fileprivate func isNamed(by line: SignatureLine, at origin: Origin) -> Bool {
    line.keyID == lineID && UnverifiedSubmission.member(of: line, at: origin) == member
  }
}

extension UnverifiedSubmission {
  /// A note with its signer's line alone, as nearly every one is; `nil` for any other.
  fileprivate init?(ownLineOf submission: Submission, key: KeyStanding, at origin: Origin) {
    guard submission.note.lines.count == 1, let line = submission.note.lines.first,
      key.isNamed(by: line, at: origin)
    else { return nil }
    self.submission = submission
    claims = [Claim(line: line, signer: .init(member: key.member, key: submission.text.key))]
  }

  /// The member whose line it says it is.
  fileprivate static func member(of line: SignatureLine, at origin: Origin) -> MemberNumber? {
    let (name, place) = (line.name.utf8, origin.description.utf8)
    guard name.count == place.count + 1 + MemberNumber.symbolCount, name.starts(with: place) else {
      return nil
    }
    let rest = name.dropFirst(place.count)
    guard rest.first == UInt8(ascii: "/") else { return nil }
    return MemberNumber(rest.dropFirst())
  }

  fileprivate init(
    _ submission: Submission, at origin: Origin, keys: (MemberNumber?) -> [Record.Signer]
  ) throws(Refusal) {
    let own = Record.Signer(member: submission.text.signer, key: submission.text.key)
    var claims: [Claim] = []
    for line in submission.note.lines {
      guard let name = UnverifiedSubmission.signerName(of: line, at: origin) else {
        continue
      }
      let signer = keys(name).first { $0.verifierKey(at: origin).matches(line) }
      guard let signer else { continue }
      claims.insert(Claim(line: line, signer: signer), at: signer == own ? 0 : claims.count)
    }
    guard claims.first?.signer == own else { throw .badSignature }
    (self.submission, self.claims) = (submission, claims)
  }

  /// Whose line it says it is: a member's, the ledger's (`.some(nil)`), or nobody's here (`nil`).
  private static func signerName(of line: SignatureLine, at origin: Origin) -> MemberNumber?? {
    if line.name.utf8.elementsEqual(origin.description.utf8) { return .some(nil) }
    return member(of: line, at: origin).map { .some($0) }
  }
}

extension Operation {
  /// Keys that count in the very record that enrols them.
  var broughtKeys: [Record.Signer] {
    switch self {
    case .genesis(let genesis): [.init(member: nil, key: genesis.ledgerKey)]
    case .ledgerKey(let change): [.init(member: nil, key: change.old), .init(member: nil, key: change.new)]
    case .member(let enrolment): [.init(member: enrolment.number, key: enrolment.memberKey)]
    case .rules, .currency, .setting, .role, .accreditation, .status, .key, .card, .limits, .payment, .cheque,
      .request, .cancel, .void, .change, .reconversion, .reversal, .euro, .settle, .erase, .cutoff, .closing,
      .access:
      []
    }
  }
}
