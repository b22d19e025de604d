import Foundation
import Glibc

/// A program that runs beside the measurement.
final class Subprocess {
  private let process = Process()
  private let output = Pipe()

  enum Fault: Error {
    case ended(Int32)
    case silent
  }

  /// This program's own file.
  static let itself = "/proc/\(getpid())/exe"

  /// - Parameter listensToErrors: what is read is what it says on its standard error, not its output.
  init(
    _ program: String, _ arguments: [String], _ environment: [String: String] = [:],
    listensToErrors: Bool = false
  ) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    if listensToErrors {
      process.standardError = output
      process.standardOutput = FileHandle.nullDevice
    } else {
      process.standardOutput = output
    }
    try process.run()
  }

  /// The largest resident set so far in KiB.
  var residentMark: Int { MemoryMark.kibibytes(of: process.processIdentifier) }

  /// Seconds of the processors that it used so far.
  var processorTime: Double { ProcessorTime.of(process.processIdentifier) }

  /// Reads what it says until something can be made of it.
  func read<Value>(_ find: (String) -> Value?) throws -> Value {
    var said = ""
    while true {
      if let value = find(said) { return value }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Fault.silent }
      said += String(decoding: data, as: UTF8.self)
    }
  }

  /// All it says until it ends well.
  func readAll() throws -> Data {
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Fault.ended(process.terminationStatus) }
    return data
  }

  /// Asks it to stop and waits until it has.
  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}

enum MemoryMark {
  /// The largest resident set of a process so far in KiB, as /proc tells it; 0 once it is gone.
  static func kibibytes(of process: pid_t) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return 0 }
    return line.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first ?? 0
  }
}
