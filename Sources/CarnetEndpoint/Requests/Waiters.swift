import Dispatch
import Synchronization

/// Those who wait for something to change: each is answered once, and holds no thread.
///
/// What is looked at before someone is added, and what changes it, belongs on one queue of whoever has the waiters, so that
/// no change falls between the two.
final class Waiters<Subject: Hashable & Sendable, Known: Sendable>: Sendable {
  private struct Waiter {
    let subject: Subject
    /// What the waiter knows already.
    let known: Known
    let answer: @Sendable () -> Void
  }

  private struct Content {
    var waiters: [UInt64: Waiter] = [:]
    var added: UInt64 = 0
    var isReleased = false
  }

  private let content = Mutex(Content())
  private let timer = DispatchQueue(label: "waiters")
  private let countMax: Int

  init(countMax: Int) { self.countMax = countMax }

  /// Calls `answer` once: when it is told to, when the time is up, or at once where nobody may wait any more.
  ///
  /// - Returns: `false` where too many wait already; nothing is called then.
  func add(
    _ subject: Subject, knowing known: Known, milliseconds: Int, answer: @escaping @Sendable () -> Void
  ) -> Bool {
    let (number, isReleased) = content.withLock { content -> (UInt64?, Bool) in
      guard content.waiters.count < countMax else { return (nil, false) }
      content.added += 1
      content.waiters[content.added] = Waiter(subject: subject, known: known, answer: answer)
      return (content.added, content.isReleased)
    }
    guard let number else { return false }
    if isReleased {
      finish(number)
    } else {
      timer.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in self?.finish(number) }
    }
    return true
  }

  /// Whether anyone waits for it.
  func isAwaited(_ subject: Subject) -> Bool {
    content.withLock { $0.waiters.values.contains { $0.subject == subject } }
  }

  /// Answers those who wait for it, where what they know is no longer so.
  func wake(_ subject: Subject, where hasChanged: (Known) -> Bool = { _ in true }) {
    let waiting = content.withLock { content in
      content.waiters.filter { $0.value.subject == subject }.map { (number: $0.key, known: $0.value.known) }
    }
    for waiter in waiting where hasChanged(waiter.known) { finish(waiter.number) }
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
  var count: Int { content.withLock { $0.waiters.count } }

  private func finish(_ number: UInt64) {
    let waiter = content.withLock { $0.waiters.removeValue(forKey: number) }
    waiter?.answer()
  }
}
