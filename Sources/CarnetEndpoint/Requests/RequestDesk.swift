import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

/// Payment requests as people wait before them: which are claimed, who asks to be told of a change, who guesses codes.
///
/// Invariants: 1. everything here is for display and may be lost; 2. a waiter is answered once, and holds no thread; 3. what
/// is looked at and what is registered happens on one queue, so that no change falls between the two.
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

  private struct Waiter {
    let request: NoteID
    /// Waits as long as this is the state.
    let state: State
    let answer: @Sendable () -> Void
  }

  private struct Content {
    /// Milliseconds of the monotonic clock until which a request counts as claimed.
    var claims: [NoteID: UInt64] = [:]
    var waiters: [UInt64: Waiter] = [:]
    var waiterCount: UInt64 = 0
    var isReleased = false
  }

  private let journal: Journal
  private let queue = DispatchQueue(label: "requests")
  private let content = Mutex(Content())
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
    let isClaimed = content.withLock { $0.claims[request.id] ?? 0 } > monotonicMilliseconds()
    return View(request: request, state: State(request.state(at: journal.requestTime), isClaimed: isClaimed))
  }

  /// Shows for a while that someone is about to pay; only while it may still be paid. A claim that is there already stays
  /// as it is, so that nobody can make a noise by claiming again and again.
  func claim(_ request: RecordedRequest) -> View {
    guard view(request).state == .open else { return view(request) }
    let now = monotonicMilliseconds()
    let isNew = content.withLock { content in
      if content.claims.count >= Limits.requestClaimsMax {
        content.claims = content.claims.filter { $0.value > now }
      }
      guard content.claims.count < Limits.requestClaimsMax, content.claims[request.id] ?? 0 <= now else {
        return false
      }
      content.claims[request.id] = now + Limits.requestClaimMilliseconds
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
    let number = content.withLock { content -> UInt64? in
      guard content.waiters.count < Limits.requestWaitersMax else { return nil }
      content.waiterCount += 1
      content.waiters[content.waiterCount] = Waiter(request: id, state: state, answer: answer)
      return content.waiterCount
    }
    guard let number else { return false }
    queue.async { [self] in
      guard !content.withLock({ $0.isReleased }), let request = (try? journal.request(id)) ?? nil,
        view(request).state == state
      else { return finish(number) }
      wakeAtExpiry(of: request, within: milliseconds)
    }
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in self?.finish(number) }
    return true
  }

  /// Answers everyone who waits, and whoever comes, at once: the server is about to stop.
  func release() {
    let numbers = content.withLock { content in
      content.isReleased = true
      return Array(content.waiters.keys)
    }
    for number in numbers { finish(number) }
  }

  /// Who waits now.
  var waiterCount: Int { content.withLock { $0.waiters.count } }

  private func finish(_ number: UInt64) {
    let waiter = content.withLock { $0.waiters.removeValue(forKey: number) }
    waiter?.answer()
  }

  /// Looks again at a request for those who wait for it.
  private func wake(_ id: NoteID) {
    let numbers = content.withLock { content in content.waiters.filter { $0.value.request == id } }
    guard !numbers.isEmpty else { return }
    // What cannot be read is answered too: the answer itself then says why.
    let state = (try? journal.request(id)).flatMap { $0.map { view($0).state } }
    for (number, waiter) in numbers where waiter.state != state { finish(number) }
  }

  private func wakeAtExpiry(of request: RecordedRequest, within milliseconds: Int) {
    let left = Timestamp(seconds: request.until).milliseconds + 1 - journal.requestTime.milliseconds
    guard left > 0, left <= milliseconds else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Int(left))) { [weak self] in self?.wake(request.id) }
  }

  /// A committed record paid or cancelled a request.
  private func settled(_ id: NoteID) {
    content.withLock { $0.claims[id] = nil }
    wake(id)
  }
}
