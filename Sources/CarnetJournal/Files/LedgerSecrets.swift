public import CarnetNotes
import Glibc

/// What `FILE.key` holds: the ledger's secret key, while keys change also the older ones that still sign, and the secret
/// of the bank references. Never in the database, never in a backup.
///
/// Text, mode 0600: `carnet-ledger-key/v1`, a line `key <base64 of the seed>` for each key with the present one first,
/// `reference <base64>`.
public struct LedgerSecrets: Sendable {
  /// Keys of the file.
  public static let keysMax = 4

  /// The present key first.
  public let keys: [SecretKey]
  /// 32 bytes, see ``BankReference``.
  public let referenceSecret: [UInt8]

  /// One to four keys and 32 bytes, or the caller is at fault.
  public init(keys: [SecretKey], referenceSecret: [UInt8]) {
    precondition((1...LedgerSecrets.keysMax).contains(keys.count) && referenceSecret.count == 32)
    (self.keys, self.referenceSecret) = (keys, referenceSecret)
  }

  /// New secrets from the system's randomness.
  public static func generate() -> LedgerSecrets {
    LedgerSecrets(keys: [.generate()], referenceSecret: SecureRandom.bytes(32))
  }

  /// Reads the file, and refuses one that others may read or write.
  ///
  /// - Parameter isCredential: it was handed over by the service manager, which sees to its rights; on a file with an
  ///   access list the mode shows the list's mask and not what others may do.
  public init(path: String, isCredential: Bool = false) throws(StoreError) {
    let bytes: [UInt8]
    do throws(StoreError) {
      let file = try FileDescriptor(path, O_RDONLY)
      let mode = try file.permissions().mode
      guard isCredential || mode & 0o077 == 0 else { throw .keyExposed }
      bytes = try file.read(bytesMax: Limits.smallFileBytesMax)
    } catch {
      switch error {
      case .missing, .readOnly: throw .keyMissing
      default: throw error
      }
    }
    do throws(NoteError) {
      self = try LedgerSecrets(parsing: bytes)
    } catch { throw .keyWrong }
  }

  private init(parsing bytes: [UInt8]) throws(NoteError) {
    var reader = TextReader(bytes)
    try reader.line(LedgerSecrets.header)
    var keys: [SecretKey] = []
    while reader.isNext("key") {
      guard let key = SecretKey(seed: try reader.base64("key", count: SecretKey.seedByteCount)) else {
        throw .malformed("not a seed")
      }
      keys.append(key)
    }
    let secret = try reader.base64("reference", count: 32)
    try reader.end()
    guard (1...LedgerSecrets.keysMax).contains(keys.count) else { throw .malformed("no key, or too many") }
    self.init(keys: keys, referenceSecret: secret)
  }

  private static let header = "carnet-ledger-key/v1"

  /// Writes the file, in one step and on the disk before it returns.
  public func write(to path: String) throws(StoreError) {
    var writer = TextWriter()
    writer.line(LedgerSecrets.header)
    for key in keys {
      unsafe key.withSeed { seed in unsafe writer.field("key", base64: Array(seed)) }
    }
    writer.field("reference", base64: referenceSecret)
    try FileSystem.replace(path, with: writer.bytes, mode: 0o600)
  }

  /// The keys that sign a checkpoint now; `nil` where one of them is not here.
  func signing(_ publicKeys: [PublicKey]) -> [SecretKey]? {
    let found = publicKeys.compactMap { wanted in keys.first { $0.publicKey == wanted } }
    return found.count == publicKeys.count ? found : nil
  }
}
