import Glibc

/// What `Synchronization.Mutex` is, on the system's own mutex: the thread sanitizer knows that one, while the slow path of the
/// other lies in a library that is not instrumented.
@safe public struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let place: UnsafeMutablePointer<Value>

  public init(_ initialValue: consuming sending Value) {
    unsafe (lock, place) = (.allocate(capacity: 1), .allocate(capacity: 1))
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
    unsafe place.initialize(to: initialValue)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
    unsafe place.deinitialize(count: 1)
    unsafe place.deallocate()
  }

  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try unsafe body(&place.pointee)
  }
}

/// How an access to an atomic is ordered; every one here is as strong as can be.
public enum Ordering: Sendable {
  case relaxed, acquiring, releasing, acquiringAndReleasing, sequentiallyConsistent
}

/// What `Synchronization.Atomic` is for integers, under a lock.
public struct Atomic<Value: FixedWidthInteger & Sendable>: ~Copyable, Sendable {
  private let value: Mutex<Value>

  public init(_ initialValue: consuming Value) { value = Mutex(initialValue) }

  public borrowing func load(ordering: Ordering) -> Value { value.withLock { $0 } }

  public borrowing func store(_ desired: Value, ordering: Ordering) { value.withLock { $0 = desired } }

  @discardableResult
  public borrowing func add(_ operand: Value, ordering: Ordering) -> (oldValue: Value, newValue: Value) {
    value.withLock { value in
      defer { value += operand }
      return (value, value + operand)
    }
  }

  @discardableResult
  public borrowing func subtract(
    _ operand: Value, ordering: Ordering
  ) -> (oldValue: Value, newValue: Value) {
    value.withLock { value in
      defer { value -= operand }
      return (value, value - operand)
    }
  }
}
