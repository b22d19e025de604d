/// Which logs are trusted, and which witnesses must have cosigned a checkpoint (C2SP tlog-policy).
public struct CosignerPolicy: Hashable, Sendable {
  /// Bytes of a policy file.
  public static let bytesMax = Limits.policyBytesMax

  /// A log or a witness with the address that it is reached at, where one is given.
  public struct Party: Hashable, Sendable {
    /// What the policy calls a witness; a log's is its key's.
    public let name: String
    public let key: VerifierKey
    public let url: String?

    public init(name: String, key: VerifierKey, url: String?) {
      (self.name, self.key, self.url) = (name, key, url)
    }
  }

  /// So many of these witnesses and groups.
  public struct Group: Hashable, Sendable {
    public let name: String
    public let threshold: Int
    public let members: [String]
  }

  public private(set) var logs: [Party]
  public private(set) var witnesses: [Party]
  public private(set) var groups: [Group]
  /// The witness or group that counts; `nil` where no cosignature is asked for.
  public private(set) var quorum: String?

  /// A policy for one log: so many of the witnesses, none where it is 0. The threshold is at most their number, and names
  /// and keys are distinct, or the caller is at fault.
  public init(log: Party, witnesses: [Party], threshold: Int) {
    precondition((0...witnesses.count).contains(threshold), "a quorum of the witnesses there are")
    (logs, self.witnesses) = ([log], witnesses)
    groups =
      threshold == 0
      ? [] : [Group(name: "quorum-of-witnesses", threshold: threshold, members: witnesses.map(\.name))]
    quorum = groups.first?.name
  }

  /// Reads a policy.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Limits.policyBytesMax else { throw .tooLarge(limit: Limits.policyBytesMax) }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A }),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw .malformed("a policy is UTF-8 without control characters but tab and line feed") }
    (logs, witnesses, groups, quorum) = ([], [], [], nil)
    var hasQuorum = false
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        .map { String(decoding: $0, as: UTF8.self) }
      guard let kind = words.first, !kind.hasPrefix("#") else { continue }
      let rest = Array(words.dropFirst())
      switch kind {
      case "log": try addLog(rest)
      case "witness": try addWitness(rest)
      case "group": try addGroup(rest)
      case "quorum":
        guard !hasQuorum else { throw .malformed("two quorum lines") }
        hasQuorum = true
        try setQuorum(rest)
      default: throw .malformed("a line is neither log, witness, group nor quorum")
      }
    }
    guard hasQuorum else { throw .malformed("no quorum line") }
  }

  /// The policy as a file.
  public var bytes: [UInt8] {
    var lines: [[String]] = logs.map { ["log", $0.key.description] + ($0.url.map { [$0] } ?? []) }
    lines += witnesses.map { ["witness", $0.name, $0.key.description] + ($0.url.map { [$0] } ?? []) }
    lines += groups.map { ["group", $0.name, "\($0.threshold)"] + $0.members }
    lines.append(["quorum", quorum ?? "none"])
    return Array(lines.map { $0.joined(separator: " ") + "\n" }.joined().utf8)
  }

  /// Whether these witnesses are enough.
  public func isSatisfied(by signers: [VerifierKey]) -> Bool {
    guard let quorum else { return true }
    let keys = Set(signers.map(\.publicKey))
    var known = Set(witnesses.filter { keys.contains($0.key.publicKey) }.map(\.name))
    // Groups name only what stands before them, so one pass in their order is enough.
    for group in groups where group.members.count(where: known.contains) >= group.threshold {
      known.insert(group.name)
    }
    return known.contains(quorum)
  }
}

extension CosignerPolicy {
  private mutating func addLog(_ words: [String]) throws(NoteError) {
    guard (1...2).contains(words.count), let key = VerifierKey(words[0]), key.algorithm == .ed25519 else {
      throw .malformed("a log line is not a key and perhaps an address")
    }
    guard logs.count < Limits.policyPartiesMax, !logs.contains(where: { $0.key.publicKey == key.publicKey })
    else { throw .malformed("a log stands twice, or there are too many") }
    logs.append(Party(name: key.name, key: key, url: words.count == 2 ? words[1] : nil))
  }

  private mutating func addWitness(_ words: [String]) throws(NoteError) {
    guard (2...3).contains(words.count), let key = VerifierKey(words[1]), key.algorithm == .cosignature else {
      throw .malformed("a witness line is not a name, a key and perhaps an address")
    }
    try checkNew(words[0])
    guard witnesses.count < Limits.policyPartiesMax,
      !witnesses.contains(where: { $0.key.publicKey == key.publicKey })
    else { throw .malformed("a witness stands twice, or there are too many") }
    witnesses.append(Party(name: words[0], key: key, url: words.count == 3 ? words[2] : nil))
  }

  private mutating func addGroup(_ words: [String]) throws(NoteError) {
    guard words.count >= 3 else { throw .malformed("a group line is not a name, a threshold and members") }
    try checkNew(words[0])
    let members = Array(words.dropFirst(2))
    let used = groups.flatMap(\.members)
    guard groups.count < Limits.policyPartiesMax, Set(members).count == members.count,
      members.allSatisfy({ isKnown($0) && !used.contains($0) })
    else { throw .malformed("a group has a member that is not known yet, or counted twice") }
    let threshold: Int?
    switch words[1] {
    case "any": threshold = 1
    case "all": threshold = members.count
    default: threshold = DecimalText.unsigned(words[1]).flatMap { Int(exactly: $0) }
    }
    guard let threshold, (1...members.count).contains(threshold) else {
      throw .malformed("a group's threshold is not any, all or a number of its members")
    }
    groups.append(Group(name: words[0], threshold: threshold, members: members))
  }

  private mutating func setQuorum(_ words: [String]) throws(NoteError) {
    guard words.count == 1, words[0] == "none" || isKnown(words[0]) else {
      throw .malformed("the quorum is not a witness or group that stands before it")
    }
    quorum = words[0] == "none" ? nil : words[0]
  }

  private func isKnown(_ name: String) -> Bool {
    witnesses.contains { ExactText($0.name) == ExactText(name) }
      || groups.contains { ExactText($0.name) == ExactText(name) }
  }

  private func checkNew(_ name: String) throws(NoteError) {
    guard name != "none", !isKnown(name) else { throw .malformed("a name is taken") }
  }
}
