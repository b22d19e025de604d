/// The files of one ledger: the database and what stands beside it under the same name.
public struct LedgerFiles: Hashable, Sendable {
  /// The database.
  public let ledger: String

  /// Where the service manager hands the key over (systemd's `LoadCredential`), in place of `FILE.key`.
  public let credential: String?

  public init(_ path: String, credential: String? = nil) {
    (ledger, self.credential) = (path, credential)
  }

  /// The database of a ledger that is being founded, until it is whole. No other step uses the name.
  var founding: String { ledger + ".founding" }
  /// The newest checkpoint that was committed.
  public var head: String { ledger + ".head" }
  /// The newest checkpoint that a quorum of witnesses signed.
  public var cosigned: String { ledger + ".cosigned" }
  /// Who must sign a checkpoint besides the ledger (C2SP tlog-policy).
  public var policy: String { ledger + ".policy" }
  /// The ledger's secret key and the secret of the bank references.
  public var key: String { credential ?? ledger + ".key" }
  /// What the endpoint keeps beside the log.
  public var service: String { ledger + ".service" }
  /// Locked by the process that writes.
  public var lock: String { ledger + ".lock" }

  /// Whether neither the database nor what is made with it is there.
  var areFree: Bool { ![ledger, key, head].contains { FileSystem.exists($0) } }

  /// How findings and errors name a file beside a database: `FILE.head`.
  static func place(of path: String) -> String { "FILE.\(path.split(separator: ".").last ?? "")" }

  /// Reads ``key``.
  public func secrets() throws(StoreError) -> LedgerSecrets {
    try LedgerSecrets(path: key, isCredential: credential != nil)
  }

  /// The address under which a running process serves the ledger, `nil` where none does.
  public var servedAt: String? { LockFile.address(lock) }
}
