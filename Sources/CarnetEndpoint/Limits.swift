/// Every limit of this module, by name.
enum Limits {
  /// Bytes of a request's body: a note of 16 KiB and its texts, as JSON with every character escaped.
  static let bodyBytesMax = 128 * 1024

  /// Bytes of a body that is too large and is read all the same, to be let go and refused at its end.
  static let bodyBytesDrained = 1024 * 1024

  /// Bytes of a request's target.
  static let targetBytesMax = 4_096

  /// Parameters of a query.
  static let queryParametersMax = 16

  /// Bytes of a request's headers and what else a connection needs.
  static let connectionBytesMax = 16 * 1024

  /// Connections at once, where the system lets a process have so many files open. An idle one costs a few kibibytes.
  static let connectionsMax: UInt32 = 12_288

  /// Files that the process needs beside its connections.
  static let otherFiles: UInt32 = 256

  /// Seconds a connection may take until the headers of its next request are there, however steadily they trickle.
  static let headerSecondsMax: UInt64 = 60

  /// Seconds a response may take to be read, unless it is a stream: the largest page on a very slow line.
  static let responseSecondsMax: UInt64 = 300

  /// Seconds a request's body may take to arrive, however steadily it trickles.
  static let bodySecondsMax: UInt64 = 30

  /// Connections of one address, so that one client cannot shut out all others.
  static let connectionsPerAddress: UInt32 = 256

  /// Seconds a connection may be silent.
  static let connectionSecondsMax: UInt32 = 30

  /// Threads that read requests, verify and write responses: one for each core, within these bounds.
  static let threads = 2...8

  /// Microseconds for which no connection is taken in once the system has no descriptor or memory for one.
  static let acceptPauseMicroseconds: UInt32 = 20_000

  /// Seconds that answers may take once the server is asked to stop.
  static let stopSecondsMax = 20

  /// Tokens in use at once.
  static let tokensMax = 10_000

  /// Access notes remembered so that none is used twice; more than that within five minutes are refused.
  static let accessNotesMax = 20_000

  /// Seconds a token may live: thirty days.
  static let tokenSecondsMax: Int64 = 30 * 86_400

  /// Seconds that a request for a payment request may wait for a change.
  static let requestWaitSecondsMax = 30

  /// Requests that wait at once.
  static let requestWaitersMax = 4_096

  /// Milliseconds for which a payment request is shown as claimed.
  static let requestClaimMilliseconds: UInt64 = 90_000

  /// Payment requests that are shown as claimed at once.
  static let requestClaimsMax = 10_000

  /// Codes of payment requests that are none which one address may ask for, within so many milliseconds.
  static let failedCodesMax = 5
  static let failedCodesMilliseconds: UInt64 = 60_000

  /// Bytes of an address as text: INET6_ADDRSTRLEN without its end.
  static let addressBytesMax = 45

  /// Addresses whose failed codes are remembered.
  static let failingAddressesMax = 10_000

  /// Bytes of the text of a QR code: a signed note and more, and few enough for a screen.
  static let qrTextBytesMax = 2_000

  /// Bytes of the address that links begin with.
  static let publicURLBytesMax = 200

  /// Event streams of one till, and of all.
  static let streamsPerTillMax = 8

  /// Events of one answer that ends.
  static let eventsPerAnswerMax = 100
  static let streamsMax = 1_000

  /// Bytes that wait for one stream's reader, and that are sent at once.
  static let streamBytesMax = 1024 * 1024
  static let streamBlockBytes = 4_096

  /// Seconds between two comments on a stream.
  static let heartbeatSeconds = 15

  /// Seconds for which a till asks to be paid: at least, usually, at most.
  static let requestSecondsMin: Int64 = 30
  static let requestSecondsUsual: Int64 = 900
  static let requestSecondsMax: Int64 = 7 * 86_400

  /// Requests of one till that wait to be paid.
  static let openRequestsMax = 200

  /// Seconds in which a cancellation must reach the ledger.
  static let cancelSeconds: Int64 = 60

  /// Records that may lie behind the place in the journal that the service store remembers.
  static let recordsUnseenMax: UInt64 = 10_000

  /// Seconds behind a request's end until it is called expired: a payment that was in time is recorded by then.
  static let expirySeconds: Int64 = 2

  /// Seconds that one try to reach a webhook may take, bytes of its answer that are read, addresses of its name.
  static let webhookSecondsMax = 15
  static let webhookAnswerBytesMax = 16 * 1024
  static let webhookAddressesMax = 8

  /// Seconds before each try of a delivery, as Standard Webhooks gives them: one more than these and it is given up.
  static let webhookSchedule: [Int64] = [
    0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]

  /// The part of a wait that chance adds at most: one in so many.
  static let webhookJitterPart: Int64 = 10

  /// Seconds that a busy target may ask to be left alone.
  static let retryAfterSecondsMax: Int64 = 86_400

  /// Milliseconds for which the key before signs too: a day.
  static let webhookKeyOverlapMilliseconds: Int64 = 86_400_000

  /// Seconds for which an invitation's link may be used, and usually.
  static let invitationSeconds: ClosedRange<Int64> = 60...30 * 86_400
  static let invitationSecondsUsual: Int64 = 7 * 86_400

  /// Requests that wait for an invitation to change.
  static let invitationWaitersMax = 1_000

  /// Members, balances and directory entries of one page.
  static let pageRowsMax = 200

  /// Bytes of what a directory is searched for.
  static let searchBytesMax = 128
}
