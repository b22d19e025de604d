import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

/// Payment requests as people wait before them: which are claimed, who asks to be told of a change, who guesses codes.
///
/// Invariants: 1. everything here is for display and may be lost; 2. who waits is looked at again on the queue on which
/// changes arrive, so that no change falls between looking and waiting.
final class RequestDesk: Sendable {
  /// A request and what it is called right now.
  struct View: Hashable, Sendable {
    let request: RecordedRequest
    let state: State
  }

  /// The state of a request with what only the display knows.
  enum State: String, Hashable, Sendable, CaseIterable {
    case open, claimed, paid, expired, cancelled

    init(_ state: RecordedRequest.State, isClaimed: Bool) {
      switch state {
      case .open: self = isClaimed ? .claimed : .open
      case .paid: self = .paid
      case .expired: self = .expired
      case .cancelled: self = .cancelled
      }
    }

    /// Whether it may still be paid.
    var isPayable: Bool { self == .open || self == .claimed }
  }

  private let journal: Journal
  private let queue = DispatchQueue(label: "requests")
  /// Milliseconds of the monotonic clock until which a request counts as claimed.
  private let claims = Mutex<[NoteID: UInt64]>([:])
  /// Who waits for a request, and the state it had.
  private let waiters = Waiters<NoteID, State>(countMax: Limits.requestWaitersMax)
  let guesses = CodeGuesses()

  init(_ journal: Journal) {
    self.journal = journal
    journal.observe { [weak self] records in
      let settled = records.compactMap(\.settledRequest)
      guard !settled.isEmpty, let self else { return }
      queue.async { for id in settled { self.settled(id) } }
    }
  }

  /// What a request is called now.
  func view(_ request: RecordedRequest) -> View {
    let isClaimed = claims.withLock { $0[request.id] ?? 0 } > monotonicMilliseconds()
    return View(request: request, state: State(request.state(at: journal.requestTime), isClaimed: isClaimed))
  }

  /// Shows for a while that someone is about to pay; only while it may still be paid. A claim that is there already stays
  /// as it is, so that nobody can make a noise by claiming again and again.
  func claim(_ request: RecordedRequest) -> View {
    guard view(request).state == .open else { return view(request) }
    let now = monotonicMilliseconds()
    let isNew = claims.withLock { claims in
      if claims.count >= Limits.requestClaimsMax { claims = claims.filter { $0.value > now } }
      guard claims.count < Limits.requestClaimsMax, claims[request.id] ?? 0 <= now else { return false }
      claims[request.id] = now + Limits.requestClaimMilliseconds
      return true
    }
    guard isNew else { return view(request) }
    queue.async { [self] in wake(request.id) }
    let end = DispatchTime.now() + .milliseconds(Int(Limits.requestClaimMilliseconds) + 1)
    queue.asyncAfter(deadline: end) { [weak self] in self?.wake(request.id) }
    return view(request)
  }
}

extension RequestDesk {
  /// Calls `answer` once the request is no longer in that state, or the time is up, or nobody may wait any more.
  ///
  /// - Returns: `false` where too many wait already; nothing is called then.
  func wait(
    for id: NoteID, whileIn state: State, milliseconds: Int, answer: @escaping @Sendable () -> Void
  ) -> Bool {
    guard waiters.add(id, knowing: state, milliseconds: milliseconds, answer: answer) else { return false }
    queue.async { [self] in
      if let request = wake(id) { wakeAtExpiry(of: request, within: milliseconds) }
    }
    return true
  }

  /// Answers everyone who waits, and whoever comes, at once: the server is about to stop.
  func release() { waiters.release() }

  /// Who waits now.
  var waiterCount: Int { waiters.count }

  /// Looks again at a request for those who wait for it; `nil` where nobody does, or it cannot be read.
  @discardableResult
  private func wake(_ id: NoteID) -> RecordedRequest? {
    guard waiters.isAwaited(id) else { return nil }
    // What cannot be read is answered too: the answer itself then says why.
    let request = (try? journal.request(id)) ?? nil
    let state = request.map { view($0).state }
    waiters.wake(id) { $0 != state }
    return request
  }

  private func wakeAtExpiry(of request: RecordedRequest, within milliseconds: Int) {
    let left = Timestamp(seconds: request.until).milliseconds + 1 - journal.requestTime.milliseconds
    guard left > 0, left <= milliseconds else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Int(left))) { [weak self] in self?.wake(request.id) }
  }

  /// A committed record paid or cancelled a request.
  private func settled(_ id: NoteID) {
    claims.withLock { $0[id] = nil }
    wake(id)
  }
}
