import Foundation
import Support
import Synchronization

@testable import CarnetJournal

/// A disk under the SQLite files of one folder: it fails as it is told to, remembers what was synced, and shows what is
/// left when the power goes.
///
/// What was written is in the real files at once, as the system's cache shows it to every process; the images hold what
/// would be on the disk. `FILE-shm` is no part of it: SQLite makes it anew. `FILE.head` is written by the journal
/// itself and is looked at after each operation; it was synced when the journal was opened, and any content seen since
/// may be the one that survives.
final class FaultDisk: Sendable {
  private struct State {
    var images: [String: FileImage] = [:]
    var plan: FaultPlan?
    var count = 0
    var hasPower = true
    var isReadOnly = false
    var openFiles = 0
    var heads: [[UInt8]] = []
    var generator: SeededGenerator
  }

  let folder: String
  private let headPath: String
  private let state: Mutex<State>

  /// - Parameter ledger: the name of the ledger's database in the folder.
  init(_ folder: String, ledger: String = "ledger", seed: UInt64) {
    self.folder = FaultDisk.resolved(folder)
    headPath = LedgerFiles("\(folder)/\(ledger)").head
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
  }

  /// The folder as SQLite names it, without symbolic links.
  private static func resolved(_ folder: String) -> String {
    URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
  }

  /// Sets what goes wrong from now on, `nil` for nothing, and counts from 1 again.
  func begin(_ plan: FaultPlan?, isReadOnly: Bool = false) {
    state.withLock { ($0.plan, $0.count, $0.isReadOnly) = (plan, 0, isReadOnly) }
  }

  /// Operations counted since the plan was set.
  var count: Int { state.withLock { $0.count } }
  var hasPower: Bool { state.withLock { $0.hasPower } }
  var isReadOnly: Bool { state.withLock { $0.isReadOnly } }
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

  /// Waits until SQLite has closed every file, which it does when the last owner of a connection lets it go.
  func waitUntilClosed() {
    let deadline = Date(timeIntervalSinceNow: 20)
    while state.withLock({ $0.openFiles }) > 0 {
      precondition(Date() < deadline, "a connection stays open")
      usleep(200)
    }
  }
}

extension FaultDisk {
  /// Asked before each operation: the code it fails with, `nil` where it does not.
  func begin(_ operation: DiskOperation) -> Int32? {
    state.withLock { state in
      guard state.hasPower else { return operation.failureCode }
      if state.isReadOnly, operation == .delete { return operation.failureCode }
      guard let plan = state.plan, plan.counted.contains(operation) else {
        if state.plan == nil, DiskOperation.changes.contains(operation) { state.count += 1 }
        return nil
      }
      state.count += 1
      return plan.code(of: operation, number: state.count)
    }
  }

  /// Told after each operation that was done.
  func end(_ operation: DiskOperation) {
    let head = operation == .read ? nil : FileManager.default.contents(atPath: headPath).map(Array.init)
    state.withLock { state in
      if let head, state.heads.last != head { state.heads.append(head) }
      guard let plan = state.plan, plan.effect == .powerCut, state.count >= plan.at else { return }
      state.hasPower = false
    }
  }

  /// How much of a failing write is done all the same.
  func part(of count: Int32) -> Int32 {
    state.withLock { state in
      state.hasPower ? Int32.random(in: 0..<count, using: &state.generator) : 0
    }
  }

  func willOpen(_ name: String) {
    let content = FileManager.default.contents(atPath: "\(folder)/\(name)").map(Array.init)
    state.withLock { state in
      if state.images[name] == nil { state.images[name] = FileImage(durable: content) }
      if content == nil { state.images[name]?.pending.append(.create) }
    }
  }

  func didOpen() { state.withLock { $0.openFiles += 1 } }

  func didClose() { state.withLock { $0.openFiles -= 1 } }

  func wrote(_ bytes: [UInt8], to name: String, at offset: Int) {
    state.withLock { $0.images[name]?.pending.append(.write(bytes, offset: offset)) }
  }

  func truncated(_ name: String, to size: Int) {
    state.withLock { $0.images[name]?.pending.append(.truncate(size)) }
  }

  func synced(_ name: String) {
    state.withLock { $0.images[name]?.sync() }
  }

  func failedToSync(_ name: String) {
    state.withLock { state in
      guard state.hasPower else { return }
      state.images[name]?.failToSync(&state.generator)
    }
  }

  func deleted(_ name: String, isDurable: Bool) {
    state.withLock { state in
      state.images[name]?.pending.append(.delete)
      if isDurable { state.images[name]?.sync() }
    }
  }
}

extension FaultDisk {
  /// A closed file got another name, durably, by other means than SQLite's.
  func renamed(_ name: String, to other: String) {
    state.withLock { $0.images[other] = $0.images.removeValue(forKey: name) }
  }

  /// The power goes now, where it has not yet, and comes back: writes to the files what survived.
  func restart(after survival: Survival) throws {
    waitUntilClosed()
    let head = FileManager.default.contents(atPath: headPath).map(Array.init)
    let left = state.withLock { state in
      if let head, state.heads.last != head { state.heads.append(head) }
      var left: [String: [UInt8]?] = [:]
      for (name, image) in state.images.sorted(by: { $0.key < $1.key }) {
        left[name] = .some(image.content(after: survival, &state.generator))
      }
      let head = FaultDisk.head(of: state.heads, &state.generator)
      (state.images, state.heads, state.hasPower, state.plan) = ([:], [], true, nil)
      return (files: left, head: head)
    }
    for (name, content) in left.files {
      if let content {
        try Data(content).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      } else if has(name) {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
    if let head = left.head { try Data(head).write(to: URL(fileURLWithPath: headPath)) }
  }

  /// Any of the heads that were there. One sector holds it, so it is never torn; but its length, which the file system
  /// keeps elsewhere, may be of another age than its bytes.
  private static func head(of heads: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8]? {
    guard let newest = heads.last, let content = heads.randomElement(using: &generator) else { return nil }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      let length = (heads.randomElement(using: &generator) ?? newest).count
      return content.prefix(length) + Array(repeating: 0, count: max(0, length - content.count))
    case 1: return content
    default: return newest
    }
  }
}
