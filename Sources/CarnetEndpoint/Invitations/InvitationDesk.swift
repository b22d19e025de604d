import CarnetJournal
import Dispatch
import Synchronization

/// Who waits for an invitation to change.
///
/// Invariants: 1. a waiter is answered once, and holds no thread; 2. it is registered on the service store's queue, where
/// invitations change too, so that no change falls between looking and waiting.
final class InvitationDesk: Sendable {
  private struct Waiter {
    let invitation: InvitationID
    let answer: @Sendable () -> Void
  }

  private struct Content {
    var waiters: [UInt64: Waiter] = [:]
    var count: UInt64 = 0
    var isReleased = false
  }

  private let content = Mutex(Content())
  private let queue = DispatchQueue(label: "invitations")

  /// Calls `answer` once the invitation changes, or the time is up, or nobody may wait any more.
  ///
  /// - Returns: `false` where too many wait already; nothing is called then.
  func wait(
    for id: InvitationID, milliseconds: Int, answer: @escaping @Sendable () -> Void
  ) -> Bool {
    let (number, isReleased) = content.withLock { content -> (UInt64?, Bool) in
      guard content.waiters.count < Limits.invitationWaitersMax else { return (nil, false) }
      content.count += 1
      content.waiters[content.count] = Waiter(invitation: id, answer: answer)
      return (content.count, content.isReleased)
    }
    guard let number else { return false }
    guard !isReleased else {
      finish(number)
      return true
    }
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in self?.finish(number) }
    return true
  }

  /// The invitation changed.
  func wake(_ id: InvitationID) {
    let numbers = content.withLock { content in
      content.waiters.filter { $0.value.invitation == id }.map(\.key)
    }
    for number in numbers { finish(number) }
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
}
