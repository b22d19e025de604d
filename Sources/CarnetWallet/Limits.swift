/// Every limit of this module, by name.
enum Limits {
  /// Bytes of a response that is taken in.
  static let responseBytesMax = 4 * 1024 * 1024

  /// Seconds a request may take, the wait for a commit included.
  static let requestSecondsMax = 30

  /// Times a request is sent while the other side says that it is busy.
  static let triesMax = 5

  /// Seconds waited at most before a request is sent again.
  static let retrySecondsMax = 5

  /// Seconds for which a note made here may be accepted.
  static let noteSeconds: Int64 = 600

  /// Seconds for which an access note may be exchanged, and for which its token lives.
  static let accessSeconds: Int64 = 120
  static let tokenSeconds: Int64 = 3_600

  /// Bytes of one event of a till.
  static let eventBytesMax = 64 * 1024

  /// Bytes of a file of the wallet's.
  static let fileBytesMax = 256 * 1024

  /// Seconds a ledger is asked to wait for a change of a payment request: within what a request may take.
  static let requestWaitSeconds = 20

  /// Handles that are pinned to their numbers.
  static let contactsMax = 2_000

  /// Members whose names are remembered for when there is no network, and keys of the wallet's own.
  static let membersKnownMax = 300

  /// Addresses and files by which a place was reached.
  static let addressesMax = 8

  /// Bytes of a memo on a cheque: with it every cheque fits into one QR code.
  static let chequeMemoBytesMax = 200

  /// Bytes of a cheque: what a QR code of version 23 holds at level M (ISO/IEC 18004, table 7).
  static let chequeBytesMax = 857

  /// Cheques of one ledger that a wallet keeps; the oldest that can come to nothing any more goes first.
  static let chequesMax = 500

  /// Calls to be done once that wait for their answer.
  static let intentsMax = 100

  /// Seconds for which a joining note may be recorded.
  static let joiningSeconds: Int64 = 7 * 86_400 - 3_600

  /// Notes that wait to be settled.
  static let pendingMax = 1_000

  /// Pages of a list that are fetched.
  static let pagesMax = 100_000
}
