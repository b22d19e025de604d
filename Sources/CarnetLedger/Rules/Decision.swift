package import CarnetNotes

/// What accepting a note does: the record, and the changes to the state beside its postings.
public struct Decision: Hashable, Sendable {
  public let record: Record
  package let changes: [StateChange]
  /// Whether an officer's signature counted, which confirms a clock that leapt ahead.
  package let isSignedByOfficer: Bool

  init(record: Record, changes: [StateChange], isSignedByOfficer: Bool) {
    (self.record, self.changes, self.isSignedByOfficer) = (record, changes, isSignedByOfficer)
  }

  /// The members of whom a store must keep a new picture.
  package var touchedMembers: [MemberNumber] {
    changes.compactMap { change in
      switch change {
      case .member(let member): member.number
      case .voided, .reversed, .referenceTaken, .requested, .requestPaid, .requestCancelled, .rules,
        .ledgerKey,
        .currency, .setting, .cutoff, .closed, .erasedMember, .erasedText:
        nil
      }
    }
  }
}

/// One change that a record makes, beside its postings.
package enum StateChange: Hashable, Sendable {
  /// A member as it is from now on, new or changed.
  case member(Member)
  case rules(UInt64)
  /// The new key; the old one signs beside it for a while.
  case ledgerKey(PublicKey, at: Timestamp)
  case currency(Currency)
  case setting(SettingName, Timeline.Entry)
  /// That note of that signer must not be recorded.
  case voided(NoteID, by: MemberNumber)
  /// The record names this bank reference.
  case referenceTaken(Digest)
  /// So much of that record is undone.
  case reversed(record: UInt64, amount: Int64)
  /// A payment request, which no record has paid or cancelled yet.
  case requested(RecordedRequest)
  /// That request, by the number of its record, is paid by this record.
  case requestPaid(request: UInt64, in: UInt64)
  /// That request, by the number of its record, is cancelled by this record.
  case requestCancelled(request: UInt64, in: UInt64)
  case cutoff(Cutoff)
  /// That cutoff is closed by this record.
  case closed(cutoff: UInt64, in: UInt64)
  /// Every card of the member and every reason about them is removed.
  case erasedMember(MemberNumber)
  /// The text of that record is removed.
  case erasedText(of: UInt64)

  /// Whether texts outside the log go with it.
  package var erasesTexts: Bool {
    switch self {
    case .erasedMember, .erasedText: true
    case .member, .rules, .ledgerKey, .currency, .setting, .voided, .referenceTaken, .reversed, .requested,
      .requestPaid, .requestCancelled, .cutoff, .closed:
      false
    }
  }
}

extension LedgerState {
  /// Takes in a record that was decided on exactly this state.
  public mutating func apply(_ decision: Decision) {
    precondition(decision.record.number == size, "a record out of turn")
    for change in decision.changes { apply(change) }
    book.post(decision.record.postings)
    size += 1
    time = decision.record.time
  }

  private mutating func apply(_ change: StateChange) {
    switch change {
    case .member(let member): replace(member)
    case .rules(let number): rules = number
    case .ledgerKey(let key, let time): ledgerKeys.replace(with: key, at: time)
    case .currency(let currency): currencies.append(currency)
    case .setting(let name, let entry): settings[name, default: Timeline()].add(entry)
    case .cutoff(let cutoff): cutoffs[cutoff.number] = cutoff
    case .closed(let cutoff, let number): cutoffs[cutoff]?.closedIn = number
    case .voided, .referenceTaken, .reversed, .requested, .requestPaid, .requestCancelled, .erasedMember,
      .erasedText:
      break
    }
  }

  private mutating func replace(_ member: Member) {
    if let old = members[member.number] {
      if let handle = old.card?.handle, handle != member.card?.handle { handles[handle] = nil }
      if !member.isOfficer { officers.remove(member.number) }
    }
    enrol(member)
  }
}
