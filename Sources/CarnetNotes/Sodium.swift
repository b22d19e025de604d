import CSodium

/// libsodium, started once and before anything that needs it.
enum Sodium {
  /// Whether `sodium_init` succeeded; evaluated once per process, on first use.
  private static let started = sodium_init() >= 0

  /// Makes libsodium ready; stops the process when it cannot be, since no key could be trusted then.
  static func start() {
    precondition(started, "libsodium does not start")
  }
}
