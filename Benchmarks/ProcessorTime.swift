import Glibc

/// What this process used of the processors so far.
enum ProcessorTime {
  /// Seconds of all threads, the system's on their behalf included (`clock`, whose unit POSIX fixes at a microsecond).
  static func now() -> Double { Double(clock()) / 1e6 }
}
