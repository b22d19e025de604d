import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

/// What a ledger's endpoint does for tills: follows the journal, keeps what concerns them, and tells who listens.
///
/// Invariants: 1. all work is done on the store's queue, one piece after the other, never on the writer's thread; 2. a
/// record's change, its event and the place in the journal are kept in one transaction, so that after a crash nothing is
/// told twice and nothing is left out; 3. a stream is opened on the same queue, so that replay and news join up.
final class TillService: Sendable {
  let journal: Journal
  let store: ServiceStore
  let streams = TillStreams()
  let webhooks: WebhookService
  /// Calls that are being worked on.
  let underWay = Mutex<Set<ServiceStore.CallKey>>([])

  private struct State {
    /// Records that were looked at; `nil` until that is known, or where keeping a change failed.
    var seen: UInt64?
    var isStopped = false
    var beats = 0
  }

  private let state = Mutex(State())
  private let listener = Mutex<(@Sendable (InvitationID) -> Void)?>(nil)
  private let description = Mutex<(@Sendable (RecordedRequest) -> [JSON.Member]?)?>(nil)

  init(_ journal: Journal, _ options: WebhookService.Options = .init()) {
    self.journal = journal
    store = ServiceStore(beside: journal)
    webhooks = WebhookService(store, journal.clock, options)
  }

  /// Sets what anyone who knows a request's code is shown of it.
  func describes(_ body: @escaping @Sendable (RecordedRequest) -> [JSON.Member]?) {
    description.withLock { $0 = body }
  }

  /// Sets who is told that an invitation changed.
  func tells(_ listener: @escaping @Sendable (InvitationID) -> Void) {
    self.listener.withLock { $0 = listener }
  }

  /// What anyone who knows the code is shown; a service whose endpoint has gone says nothing any more.
  func described(_ request: RecordedRequest) throws(StoreError) -> [JSON.Member] {
    guard let members = description.withLock({ $0 })?(request) else { throw .busy }
    return members
  }

  func start() throws(StoreError) {
    try store.open()
    journal.observe { [weak self] records in self?.arrived(records) }
    store.queue.async { [self] in
      try? catchUp()
      webhooks.pump()
    }
    scheduleBeat()
  }

  func stop() {
    streams.end(nil)
    webhooks.stop()
    state.withLock { $0.isStopped = true }
    store.queue.sync {
      if let seen = state.withLock({ $0.seen }) { try? store.see(records: seen) }
    }
    store.close()
  }

  // Following the journal ---------------------------------------------------------------------------------------------

  /// On the writer's thread: picks out what may concern a till and passes it on.
  private func arrived(_ records: [Record]) {
    let concerning = records.filter(\.mayConcernService)
    guard !concerning.isEmpty else { return }
    store.queue.async { [self] in
      do throws(StoreError) { try follow(concerning) } catch { state.withLock { $0.seen = nil } }
    }
  }

  private func follow(_ records: [Record]) throws(StoreError) {
    guard var seen = state.withLock({ $0.seen }) else { return try catchUp() }
    for record in records where record.number >= seen {
      try take(record)
      seen = record.number + 1
      state.withLock { [seen] in $0.seen = seen }
    }
  }

  /// Looks at every record that was not looked at yet. On the queue.
  func catchUp() throws(StoreError) {
    let known = state.withLock { $0.seen }
    var seen: UInt64
    if let known { seen = known } else { seen = try store.recordsSeen() }
    let size = journal.read { $0.size }
    let isFar = size > seen + Limits.recordsUnseenMax
    // Where a ledger never had a till there are its years of records to look at, and nothing to look for.
    if isFar, try store.concernsNoRecord() { seen = size }
    while seen < size {
      guard let record = try journal.record(seen) else { break }
      if record.mayConcernService { try take(record) }
      seen += 1
      state.withLock { [seen] in $0.seen = seen }
    }
    state.withLock { [seen] in $0.seen = seen }
    if isFar { try store.see(records: seen) }
  }

  /// Keeps what a record changes at a till, and tells it.
  private func take(_ record: Record) throws(StoreError) {
    if case .member = record.text.operation { return try joined(record) }
    if case .erase(let erasure) = record.text.operation {
      return try store.erase(erasure.target, records: record.number + 1)
    }
    guard let (change, till, note) = try change(in: record) else { return }
    try keep(change, at: till, about: note, time: record.time, records: record.number + 1)
  }

  /// A joining note was recorded: whoever was invited is a member now.
  private func joined(_ record: Record) throws(StoreError) {
    guard let invitation = try store.invitation(of: record.text.id), invitation.state != .joined else {
      return
    }
    try end(invitation.id, as: .joined, records: record.number + 1)
  }

  /// Ends an invitation and tells who waits for that. On the queue.
  func end(_ id: InvitationID, as state: Invitation.State, records: UInt64? = nil) throws(StoreError) {
    try store.end(id, as: state, at: journal.clock.now, records: records)
    listener.withLock { $0 }?(id)
  }

  private func keep(
    _ change: TillChange, at till: TillID, about note: NoteID, time: Timestamp, records: UInt64?
  ) throws(StoreError) {
    guard var view = try view(of: note) else { return }
    if case .refunded(let refund) = change { view.append(JSON.Member("refund", TillViews.refund(refund))) }
    let data = String(decoding: JSON.object(view).serialized(), as: UTF8.self)
    streams.publish(try store.keep(change, at: till, time: time, data: data, records: records))
    if Webhook.kinds.contains(change.kind) { webhooks.pump() }
  }

  private func change(in record: Record) throws(StoreError) -> (TillChange, TillID, NoteID)? {
    switch record.text.operation {
    case .request:
      guard let request = try store.request(record.text.id) else { return nil }
      return (.requested(request.note, record: record.number), request.till, request.note)
    case .cancel(let cancellation):
      guard let request = try store.request(cancellation.request) else { return nil }
      return (.cancelled(request.note), request.till, request.note)
    case .payment(let payment), .cheque(let payment):
      guard let note = payment.request, let request = try store.request(note) else { return nil }
      let sale = TillSale(
        record: record.number, till: request.till, time: record.time, currency: payment.currency,
        amount: payment.amount, request: note)
      return (.paid(sale), request.till, note)
    case .reversal(let reversal):
      guard let sale = try store.sale(reversal.record), sale.kind == .sale else { return nil }
      let refund = TillSale(
        record: record.number, till: sale.till, time: record.time, currency: sale.currency,
        amount: reversal.amount, request: sale.request, sale: sale.record)
      return (.refunded(refund), sale.till, sale.request)
    default: return nil
    }
  }

  /// Someone has a request before them and is about to pay it.
  func claimed(_ note: NoteID) {
    store.queue.async { [self] in
      guard let request = try? store.request(note), request.state == .open, request.record != nil else {
        return
      }
      try? keep(.claimed(note), at: request.till, about: note, time: journal.clock.now, records: nil)
    }
  }

  // The clock ---------------------------------------------------------------------------------------------------------

  private func scheduleBeat() {
    store.queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self, !state.withLock({ $0.isStopped }) else { return }
      let beats = state.withLock { state in
        state.beats += 1
        return state.beats
      }
      if beats % Limits.heartbeatSeconds == 0 { streams.beat() }
      if beats % 3_600 == 0 {
        try? store.removeOldRequests(now: journal.clock.now)
        webhooks.removeOldKeys()
        try? store.removeOldInvitations(now: journal.clock.now)
      }
      // What failed is tried again with the next beat.
      do throws(StoreError) { try expire() } catch {}
      webhooks.pump()
      scheduleBeat()
    }
  }

  /// Tells of requests and invitations that ran out. On the queue.
  func expire() throws(StoreError) {
    if state.withLock({ $0.seen }) == nil { try catchUp() }
    for request in try store.requestsDue(before: journal.clock.now.seconds - Limits.expirySeconds) {
      try keep(
        .expired(request.note), at: request.till, about: request.note,
        time: Timestamp(seconds: request.until), records: nil)
    }
    for invitation in try store.invitationsDue(now: journal.clock.now) {
      try end(invitation.id, as: .expired)
    }
  }
}

extension Record {
  /// Whether the record could be a till's request, what becomes of one, the erasure of its texts, or a joining note.
  fileprivate var mayConcernService: Bool {
    switch text.operation {
    case .request, .reversal, .erase, .member: true
    default: settledRequest != nil
    }
  }
}
