/// Every limit of this module, by name.
enum Limits {
  /// Notes that may wait for the writer; one more is told to come back.
  static let queueCountMax = 4_096

  /// Notes of one commit.
  static let batchCountMax = 512

  /// Notes that are enough for a commit, so that no more are waited for.
  static let gatherCountMax = 32

  /// Seconds for which a commit waits for as many notes as the last one had.
  static let gatherSecondsMax = 0.002

  /// Seconds a client waits before it asks a full queue again.
  static let retryAfterSeconds = 1

  /// Records of one ledger: beyond that an entry's key does not fit 64 bits.
  static let recordsMax = UInt64(Int64.max) / 16

  /// Records between two snapshots of the balances, and milliseconds.
  static let snapshotRecords: UInt64 = 10_000
  static let snapshotMilliseconds: UInt64 = 1_000

  /// Bytes of `FILE.head`: one sector, and room for a checkpoint with two signatures of the longest origin.
  static let headBytes = 512

  /// Milliseconds between two syncs of `FILE.head`.
  static let headSyncMilliseconds: UInt64 = 1_000

  /// Ids kept as they came before they move to a sorted run of their own.
  static let recentIDsMax = 16_384

  /// Runs of ids of which a filter is kept in memory, 32 KiB each.
  static let idFiltersMax = 64

  /// Pages of 4 KiB in the write-ahead log before it is copied back.
  static let walPagesMax = 4_096

  /// Bytes of the write-ahead log's file that are kept for the next round.
  static let walBytesKept = 16 * 1024 * 1024

  /// Pages a writing connection caches.
  static let cacheKibibytes = 16 * 1024

  /// Milliseconds by which the clock may go back before the writer stops.
  static let clockBackMilliseconds: Int64 = 5_000

  /// Milliseconds after the newest record from which an officer must confirm the clock: thirty days.
  static let clockAheadMilliseconds: Int64 = 30 * 86_400_000

  /// Lines of one page of a statement.
  static let pageLinesMax = 500

  /// Connections that only read.
  static let readersMax = 4

  /// Logs that one witness vouches for, and bytes of the file that names them.
  static let witnessLogsMax = 1_000
  static let witnessLogsBytesMax = 256 * 1024

  /// Bytes of the name of a till or a cashier, and tills that a member has at once.
  static let tillNameBytesMax = 64
  static let tillsPerMemberMax = 50

  /// Bytes of an Idempotency-Key, calls of one caller that are kept, and how long: a day.
  static let callKeyBytesMax = 128
  static let callsKeptMax: Int64 = 10_000
  static let callMillisecondsKept: Int64 = 86_400_000

  /// Events of a till that are kept to be told again.
  static let eventsKeptMax: Int64 = 1_000

  /// Invitations that have not ended, and how long one that has is known as such: 90 days.
  static let invitationsOpenMax: Int64 = 500
  static let endedInvitationMillisecondsKept: Int64 = 90 * 86_400_000

  /// Seconds behind an invitation's end until it is called expired: a note that was in time is recorded by then.
  static let invitationGraceSeconds: Int64 = 2

  /// Seconds behind its end that a till's request is kept which never got a record, and one that was not paid: 90 days.
  static let unrecordedSecondsKept: Int64 = 86_400
  static let unpaidSecondsKept: Int64 = 90 * 86_400

  /// Webhooks at once, and bytes of the address of one.
  static let webhooksMax = 16
  static let webhookURLBytesMax = 1_000

  /// Bytes of an event as it is sent to webhooks (Standard Webhooks: smaller than 20 kB).
  static let webhookBodyBytesMax = 20_480

  /// Deliveries of one webhook that wait, and of those that are over the newest ones that are kept.
  static let deliveriesWaitingMax: Int64 = 10_000
  static let deliveriesKeptMax: Int64 = 1_000

  /// Bytes of `FILE.key`, `FILE.head` and `FILE.lock`.
  static let smallFileBytesMax = 16 * 1024
}
