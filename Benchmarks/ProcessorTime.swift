import Foundation
import Glibc

/// What a process used of the processors so far.
enum ProcessorTime {
  /// Seconds of all threads, the system's on their behalf included (`clock`, whose unit POSIX fixes at a microsecond).
  static func now() -> Double { Double(clock()) / 1e6 }

  /// The same of another process, as /proc tells it, in steps of 10 ms (proc(5), `stat`: fields 14 and 15); 0 once it is gone.
  static func of(_ process: pid_t) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 12,
      let own = Double(fields[11]), let system = Double(fields[12])
    else { return 0 }
    return (own + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
