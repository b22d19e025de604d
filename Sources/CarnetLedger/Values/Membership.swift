/// What kind of member it is, fixed by the record that enrols it.
public enum MemberKind: String, Hashable, Sendable, CaseIterable {
  case person, business, association
  /// A public body.
  case `public`
  /// A counter (comptoir), where euros are changed.
  case counter
}

/// What a member may do beyond its own account.
public enum Role: String, Hashable, Comparable, Sendable, CaseIterable {
  /// Reads everything.
  case auditor
  /// Administers.
  case officer
  /// Enters changes and paper slips at a counter.
  case teller

  public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

/// Whether a member may pay and be paid.
public enum MemberStatus: String, Hashable, Sendable, CaseIterable {
  case active
  /// May neither pay nor receive.
  case suspended
  /// Has left: takes part in nothing, and every balance was zero at that moment.
  case closed
}

/// What a key may sign.
public enum KeyUse: String, Hashable, Sendable, CaseIterable {
  /// Everything its member may.
  case pay
  /// Payment requests and their cancellation, nothing else.
  case till
}
