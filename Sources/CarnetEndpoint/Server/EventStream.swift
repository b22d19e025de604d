import CarnetJournal
import CarnetLedger
import Synchronization

/// A body that goes on: what is pushed is sent, and while there is nothing the connection sleeps and costs no thread.
///
/// The server attaches a connection when it sends the response and detaches it when the response is gone; before and
/// after that pushing is harmless.
public final class EventStream: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var isEnded = false
    /// Wakes the connection; there only while it sleeps.
    var wake: (@Sendable () -> Void)?
    var onDetach: (@Sendable () -> Void)?
  }

  /// What a reader finds.
  enum Part {
    case bytes(ArraySlice<UInt8>)
    case asleep
    case end
  }

  private let state = Mutex(State())

  /// Has `body` called once when the response is gone.
  func onDetach(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.onDetach = body }
  }

  /// Sends bytes when the reader comes; one that has fallen too far behind is let go.
  func push(_ bytes: [UInt8]) {
    state.withLock { state in
      guard !state.isEnded else { return }
      state.pending += bytes
      if state.pending.count > Limits.streamBytesMax { (state.pending, state.isEnded) = ([], true) }
      EventStream.wake(&state)
    }
  }

  /// Calls `body` once there is something to send or nothing more will come; at once where that is so already. For a body
  /// that is sent whole: no connection is attached. `body` may be called under the lock and must not come back here.
  func onceReady(_ body: @escaping @Sendable () -> Void) {
    let isReady = state.withLock { state in
      guard state.pending.isEmpty, !state.isEnded else { return true }
      state.wake = body
      return false
    }
    if isReady { body() }
  }

  /// Ends the body once what is pending is sent.
  func end() {
    state.withLock { state in
      state.isEnded = true
      EventStream.wake(&state)
    }
  }

  /// Takes at most `count` bytes. Where there are none, `sleep` puts the connection to sleep and gives what wakes it; both
  /// happen under the lock, so that no push comes between the look and the sleep.
  func take(_ count: Int, sleep: () -> @Sendable () -> Void) -> Part {
    state.withLock { state in
      guard state.pending.isEmpty else {
        let part = state.pending.prefix(count)
        state.pending = Array(state.pending.dropFirst(part.count))
        return .bytes(part)
      }
      guard !state.isEnded else { return .end }
      state.wake = sleep()
      return .asleep
    }
  }

  /// The response is gone: nothing is woken any more.
  func detach() {
    let onDetach = state.withLock { state in
      (state.pending, state.isEnded, state.wake) = ([], true, nil)
      defer { state.onDetach = nil }
      return state.onDetach
    }
    onDetach?()
  }

  /// Everything pushed and not taken yet.
  var pending: [UInt8] { state.withLock { $0.pending } }

  var isEnded: Bool { state.withLock { $0.isEnded } }

  private static func wake(_ state: inout State) {
    state.wake?()
    state.wake = nil
  }
}
