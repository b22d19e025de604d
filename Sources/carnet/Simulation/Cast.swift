import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

/// The people of a simulation: whoever joins has a number and a key of their own.
final class Cast: Sendable {
  struct Person: Sendable {
    let number: MemberNumber
    let key: SecretKey

    init() {
      var random = SystemRandomSource()
      self.init(number: MemberNumber.random(using: &random), key: .generate())
    }

    init(number: MemberNumber, key: SecretKey) {
      (self.number, self.key) = (number, key)
    }
  }

  private struct Content {
    var members: [String: Person] = [:]
    /// Handles that nobody has, which events name all the same.
    var strangers: [String: Person] = [:]
    /// Keys made beforehand for those who will join, by the line they join in.
    var candidates: [Int: Person] = [:]
  }

  private let content = Mutex(Content())

  /// Makes the keys of all who will join, on all cores.
  init(_ events: [Scenario.Event]) {
    let lines = events.filter { $0.kind == "join" }.map(\.line)
    DispatchQueue.concurrentPerform(iterations: lines.count) { index in
      let person = Person()
      content.withLock { $0.candidates[lines[index]] = person }
    }
  }

  /// The member of a handle, or someone who is none.
  func person(_ handle: String) -> Person {
    content.withLock { content in
      if let member = content.members[handle] { return member }
      if let stranger = content.strangers[handle] { return stranger }
      let stranger = Person()
      content.strangers[handle] = stranger
      return stranger
    }
  }

  func isMember(_ handle: String) -> Bool { content.withLock { $0.members[handle] != nil } }

  func candidate(_ line: Int) -> Person { content.withLock { $0.candidates[line] } ?? Person() }

  /// The ledger took them in.
  func enrol(_ person: Person, as handle: String) {
    content.withLock { $0.members[handle] = person }
  }

  var members: [String: Person] { content.withLock { $0.members } }
}
