import CarnetNotes

/// Who must and who may sign a note of some kind, in a given state.
struct SigningRule {
  /// The roles of which the signer needs one; `nil` where any member may sign.
  var signerRoles: Set<Role>?
  /// The roles whose lines count.
  var roles: Set<Role> = []
  /// How many lines by those roles are needed.
  var quorum = 0
  /// Whether the signer's own line is one of them where the signer has the role.
  var countsSigner = true
  /// Members whose lines count whatever their role.
  var members: Set<MemberNumber> = []
  /// Members and keys that must be among the lines.
  var required: [Record.Signer] = []
  /// Members who must be among the lines, with any of their keys.
  var requiredMembers: Set<MemberNumber> = []
  /// Whether a till key of the signer will do, and else which kinds of member may sign; `nil` where no till key does.
  var sellers: Set<MemberKind>?
  /// Whether officers must be left in number.
  var guardsOfficers = false

  /// The signer alone, whoever it is.
  static let signerAlone = SigningRule()

  /// Whether a signer of that kind may sign with a key of that use.
  func allows(_ use: KeyUse, of kind: MemberKind) -> Bool {
    guard let sellers else { return use == .pay }
    return use == .till || sellers.contains(kind)
  }

  /// Whether no other line counts and no role is asked for.
  var isSignerAlone: Bool {
    signerRoles == nil && roles.isEmpty && members.isEmpty && required.isEmpty && requiredMembers.isEmpty
  }

  /// A business alone, or any member with a till key.
  static let seller = SigningRule(sellers: [.business])

  /// A quorum of officers, the signer being one.
  static func officers(_ quorum: Int) -> SigningRule {
    SigningRule(signerRoles: [.officer], roles: [.officer], quorum: quorum)
  }
}

extension LedgerState {
  /// The rule for a note; see PROTOCOL, section 4.
  func signingRule(for text: NoteText, at time: Timestamp, facts: Facts) -> SigningRule {
    let kind = text.operation.kind
    let quorum = kind.hasQuorum ? quorum(of: kind, at: time) : 0
    switch text.operation {
    // A second genesis and an access note are refused by their own rules, behind what is asked of every signer.
    case .payment, .cheque, .void, .access, .genesis: return .signerAlone
    case .request, .cancel: return .seller
    case .rules, .currency, .accreditation, .limits, .euro, .erase, .cutoff, .closing:
      return .officers(quorum)
    case .ledgerKey(let change):
      var rule = SigningRule.officers(quorum)
      rule.required = [.init(member: nil, key: change.old), .init(member: nil, key: change.new)]
      return rule
    case .setting(let change): return settingRule(change, quorum: quorum, at: time)
    case .member(let enrolment):
      var rule = SigningRule.officers(quorum)
      rule.members = [enrolment.number]
      return enrolment.roles.contains(.officer) ? guardingOfficers(rule, at: time) : rule
    case .role(let change):
      let concernsOfficer = isOfficer(change.number) || change.value.contains(.officer)
      return concernsOfficer ? guardingOfficers(.officers(quorum), at: time) : .officers(quorum)
    case .status(let change):
      return isOfficer(change.number) ? guardingOfficers(.officers(quorum), at: time) : .officers(quorum)
    case .key(let change): return keyRule(change, by: text.signer, quorum: quorum, at: time)
    case .card(let change):
      guard change.number == text.signer else { return .officers(quorum) }
      return SigningRule(signerRoles: nil, roles: [.officer])
    case .change:
      return SigningRule(signerRoles: [.officer, .teller], roles: [.officer, .teller], quorum: quorum)
    case .reconversion:
      return SigningRule(signerRoles: nil, roles: [.officer, .teller], quorum: quorum, countsSigner: false)
    case .reversal: return reversalRule(by: text.signer, quorum: quorum, facts: facts)
    case .settle(let settlement):
      var rule = SigningRule.officers(quorum)
      (rule.members, rule.requiredMembers) = ([settlement.to], [settlement.to])
      return rule
    }
  }

  /// The delay protects members from officers as the quorums do.
  private func settingRule(_ change: SettingChange, quorum: Int, at time: Timestamp) -> SigningRule {
    switch change.name {
    case .quorum, .keyDelay: guardingOfficers(.officers(quorum), at: time)
    case .reconversionFee, .floor, .ceiling: .officers(quorum)
    }
  }

  private func isOfficer(_ number: MemberNumber) -> Bool { members[number]?.isOfficer ?? false }

  /// The same rule with the largest quorum in force, which must still be there afterwards.
  private func guardingOfficers(_ rule: SigningRule, at time: Timestamp) -> SigningRule {
    var rule = rule
    (rule.quorum, rule.guardsOfficers) = (largestQuorum(at: time), true)
    return rule
  }

  private func keyRule(
    _ change: KeyChange, by signer: MemberNumber, quorum: Int, at time: Timestamp
  ) -> SigningRule {
    let isOwn = change.number == signer
    if isOfficer(change.number) {
      // An officer's keys are the place's: their own line is one of the quorum.
      var rule = guardingOfficers(.officers(quorum), at: time)
      if isOwn { rule.signerRoles = nil }
      return rule
    }
    return isOwn ? .signerAlone : .officers(quorum)
  }

  /// The payee refunds alone; for anyone else it takes officers. That a record is not there anyone is told.
  private func reversalRule(by signer: MemberNumber, quorum: Int, facts: Facts) -> SigningRule {
    guard let past = facts.past else { return .signerAlone }
    return past.record.text.operation.payee == .member(signer) ? .signerAlone : .officers(quorum)
  }
}

extension Operation {
  /// Who was paid, for the kinds that a payee can refund.
  var payee: AccountName? {
    switch self {
    case .payment(let payment), .cheque(let payment): payment.to
    case .genesis, .rules, .ledgerKey, .currency, .setting, .member, .role, .accreditation, .status, .key,
      .card,
      .limits, .request, .cancel, .void, .change, .reconversion, .reversal, .euro, .settle, .erase, .cutoff,
      .closing, .access:
      nil
    }
  }
}

/// The lines of a note that count, in the order the record keeps them.
struct CountedSignatures {
  let lines: [UnverifiedSubmission.Claim]
  /// How many of them are by officers.
  let officerCount: Int

  var signers: [Record.Signer] { lines.map(\.signer) }

  /// The note with exactly these lines.
  func note(of submission: Submission) -> SignedNote {
    // One line of one is that line; nearly every note has no other.
    guard lines.count != 1 || submission.note.lines.count != 1 else { return submission.note }
    let kept = lines.map(\.line)
    guard kept != submission.note.lines else { return submission.note }
    do {
      return try SignedNote(text: submission.note.text, lines: kept)
    } catch {
      preconditionFailure("some lines of a note, one at least, make a note")
    }
  }
}

extension LedgerState {
  /// Counts the lines of a note by its rule.
  ///
  /// - Throws: ``Refusal/keyInactive``, ``Refusal/roleMissing`` or ``Refusal/signaturesMissing(counted:needed:)``.
  func count(
    _ verified: VerifiedSubmission, by rule: SigningRule, at time: Timestamp
  ) throws(Refusal) -> CountedSignatures {
    let signer = verified.text.signer
    guard let key = keyStandings[verified.text.key], key.member == signer else { throw .unknownKey }
    guard key.isActive(at: time) else { throw .keyInactive }
    guard let standing = standings[signer], rule.allows(key.use, of: standing.kind) else {
      throw .roleMissing
    }
    if let roles = rule.signerRoles, !(try known(signer).acts(as: roles)) { throw .roleMissing }
    // Nearly every note is a payment, which its signer makes alone.
    if rule.isSignerAlone {
      return CountedSignatures(lines: Array(verified.lines.prefix(1)), officerCount: 0)
    }
    var others = verified.lines.dropFirst().filter { counts($0.signer, by: rule, at: time) }
    if others.count > 1 { others.sort { $0.line.bytes.lexicographicallyPrecedes($1.line.bytes) } }
    let lines = verified.lines.prefix(1) + others
    let inRole = lines.filter { claim in
      guard let number = claim.signer.member, rule.countsSigner || number != signer else { return false }
      return members[number]?.acts(as: rule.roles) ?? false
    }
    let signers = lines.map(\.signer)
    let areThere =
      rule.required.allSatisfy(signers.contains)
      && rule.requiredMembers.isSubset(of: signers.compactMap(\.member))
    guard inRole.count >= rule.quorum, areThere else {
      throw .signaturesMissing(
        counted: signers.count, needed: max(rule.quorum, 1) + rule.required.count + rule.requiredMembers.count
      )
    }
    let officers = signers.count { $0.member.flatMap { members[$0] }?.acts(as: [.officer]) ?? false }
    return CountedSignatures(lines: Array(lines), officerCount: rule.roles.contains(.officer) ? officers : 0)
  }

  /// Whether a line beside the signer's counts.
  private func counts(_ signer: Record.Signer, by rule: SigningRule, at time: Timestamp) -> Bool {
    guard let number = signer.member else { return rule.required.contains(signer) }
    guard let member = members[number] else { return rule.members.contains(number) }
    guard let key = member.key(signer.key), key.use == .pay, key.isActive(at: time) else { return false }
    return rule.members.contains(number) || member.acts(as: rule.roles)
  }
}
