import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Synchronization

/// Plays a scenario into a ledger: events whose accounts differ are under way together, those that share one keep the
/// order of the file.
final class Simulation: Sendable {
  /// Events under way at once.
  private static let inFlightMax = 256
  /// Threads that sign and wait for answers.
  private static let threads = 48
  /// Seconds the first and the last of them may lie apart: notes wait less than they may live.
  private static let spanSecondsMax: Int64 = 86_400
  /// A silence after which the ledger wants an officer's word, with a day to spare.
  private static let silenceSeconds: Int64 = 29 * 86_400

  /// Hands a note in; gives the refusal's code, or `nil` where it was recorded.
  typealias Submit = @Sendable (EventNotes.Signed) throws -> String?

  struct Outcome: Sendable {
    let event: Scenario.Event
    /// `ok` or a code.
    let result: String
  }

  private struct State {
    var busy: Set<String> = []
    var inFlight: [Int: Timestamp] = [:]
    var outcomes: [Outcome] = []
    var failure: (any Error)?
  }

  private let notes: EventNotes
  private let clock: SimulationClock
  private let officerHandle: Handle
  private let submit: Submit
  private let condition = NSCondition()
  private let state = Mutex(State())

  init(notes: EventNotes, clock: SimulationClock, officerHandle: Handle, submit: @escaping Submit) {
    (self.notes, self.clock) = (notes, clock)
    (self.officerHandle, self.submit) = (officerHandle, submit)
  }

  /// Plays all events and gives what became of them, in the order of the file.
  func play(_ events: [Scenario.Event], progress: (Int, Int) -> Void) throws -> [Outcome] {
    let pool = WorkerPool(threads: Simulation.threads)
    defer { pool.close() }
    var last = events.first?.time ?? Timestamp(milliseconds: 0)
    for (index, event) in events.enumerated() {
      if event.time.seconds - last.seconds > Simulation.silenceSeconds { try confirm(at: event.time) }
      last = event.time
      try admit(event, resources: Simulation.resources(of: event))
      pool.run { [self] in run(event) }
      if index.isMultiple(of: 500) { progress(index, events.count) }
    }
    try waitUntil { $0.inFlight.isEmpty }
    progress(events.count, events.count)
    return state.withLock { $0.outcomes.sorted { $0.event.line < $1.event.line } }
  }

  /// What two events under way may not share.
  private static func resources(of event: Scenario.Event) -> [String] {
    var resources = [event.from, event.to].filter { !$0.isEmpty }.map { "member \($0)" }
    if event.kind == "change" { resources.append("reference \(event.reference)") }
    return resources
  }

  private func admit(_ event: Scenario.Event, resources: [String]) throws {
    try waitUntil { state in
      let first = state.inFlight.values.min()
      let isNear = first.map { event.time.seconds - $0.seconds <= Simulation.spanSecondsMax } ?? true
      return isNear && state.inFlight.count < Simulation.inFlightMax && state.busy.isDisjoint(with: resources)
    }
    state.withLock { state in
      state.busy.formUnion(resources)
      state.inFlight[event.line] = event.time
    }
  }

  private func waitUntil(_ isMet: (State) -> Bool) throws {
    condition.lock()
    defer { condition.unlock() }
    while true {
      let (met, failure) = state.withLock { (isMet($0), $0.failure) }
      if let failure { throw failure }
      if met { return }
      condition.wait()
    }
  }

  private func run(_ event: Scenario.Event) {
    let result: Result<String, any Error> = Result { try outcome(of: event) }
    condition.lock()
    state.withLock { state in
      state.busy.subtract(Simulation.resources(of: event))
      state.inFlight[event.line] = nil
      switch result {
      case .success(let result): state.outcomes.append(Outcome(event: event, result: result))
      case .failure(let error): state.failure = error
      }
    }
    condition.broadcast()
    condition.unlock()
  }

  private func outcome(of event: Scenario.Event) throws -> String {
    guard let signed = notes.notes(for: event) else { return "malformed" }
    let isUnknown = notes.signerIsUnknown(event)
    for (index, note) in signed.enumerated() {
      let refusal = try hand(in: note, at: event.time)
      if let refusal { return isUnknown && refusal == "unknown-key" ? "unknown-member" : refusal }
      if event.kind == "join" && index == 0 {
        notes.cast.enrol(notes.cast.candidate(event.line), as: event.to)
      }
    }
    return "ok"
  }

  private func hand(in note: EventNotes.Signed, at time: Timestamp) throws -> String? {
    clock.expect(note.id, at: time)
    defer { clock.forget(note.id) }
    return try submit(note)
  }

  private func confirm(at time: Timestamp) throws {
    try waitUntil { $0.inFlight.isEmpty }
    guard let note = notes.confirmation(handle: officerHandle, at: time) else { return }
    _ = try hand(in: note, at: time)
  }
}
