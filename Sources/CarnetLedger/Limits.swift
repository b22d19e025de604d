/// Every limit of this module, by name.
enum Limits {
  /// Seconds a note may wait before it expires: seven days.
  static let noteSecondsMax: Int64 = 7 * 86_400

  /// Seconds a cheque may wait: ninety days.
  static let chequeSecondsMax: Int64 = 90 * 86_400

  /// Seconds an access note may wait.
  static let accessSecondsMax: Int64 = 300

  /// Texts sent beside one note: no kind has more than one field for them.
  static let submittedTextsMax = 4

  /// Officers that a quorum may ask for; the other lines of a note remain for members and the ledger's keys.
  static let quorumMax = 12

  /// Seconds a lost key's replacement waits, unless a setting says otherwise: three days.
  static let keyDelaySecondsDefault: Int64 = 3 * 86_400

  /// The shortest such wait, one day, in which the member can still say no.
  static let keyDelaySecondsMin: Int64 = 86_400

  /// The longest such wait: thirty days.
  static let keyDelaySecondsMax: Int64 = 30 * 86_400

  /// Hundredths of a percent in a whole.
  static let basisPoints: Int64 = 10_000

  /// Seconds a member must have been suspended before their account is settled: sixty days.
  static let settlementSecondsMin: Int64 = 60 * 86_400

  /// Seconds for which checkpoints carry the old ledger key's signature beside the new one's: ninety days.
  static let ledgerKeyOverlapSeconds: Int64 = 90 * 86_400

  /// Keys of one member, revoked ones included.
  static let memberKeysMax = 64

  /// Sum trees of one closing: two for each currency.
  static let closingTotalsMax = 64

  /// Bytes of a closing proof: a receipt and the nodes of the deepest tree.
  static let closingProofBytesMax = 72 * 1024

  /// Bytes of the host in an access note.
  static let hostBytesMax = 255

  /// Bytes of the previous ledger's checkpoint in a genesis.
  static let previousCheckpointBytesMax = 4_096
}
