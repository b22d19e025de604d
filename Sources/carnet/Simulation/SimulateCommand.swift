import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Glibc
import Synchronization

/// `carnet simulate`: a scenario folder into a new trial ledger.
struct SimulateCommand {
  private let context: Context
  private let scenario: Scenario
  private let path: String
  private let usesEndpoint: Bool

  init(_ invocation: Invocation, _ context: Context) throws {
    let folder = invocation.required(0)
    let language = context.language
    self.context = context
    path = try Session.file(context)
    usesEndpoint = invocation.has("--through-endpoint")
    let read = { (name: String) throws -> [UInt8] in
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        throw Failure(
          exit: .inputMissing, code: "file-missing",
          message: Phrase.errorFileUnreadable(language, "\(folder)/\(name)"))
      }
      return [UInt8](data)
    }
    do throws(Scenario.Fault) {
      scenario = try Scenario(
        description: try SimulateCommand.content(read, "scenario.json"),
        events: try SimulateCommand.content(read, "events.csv"))
    } catch {
      throw Failure(
        exit: .badData, code: "bad-scenario",
        message: Phrase.errorScenario(language, Printable.line(error.place)))
    }
  }

  private static func content(_ read: (String) throws -> [UInt8], _ name: String) throws(Scenario.Fault)
    -> [UInt8]
  {
    do { return try read(name) } catch { throw Scenario.Fault(place: name) }
  }

  func run() throws -> Int32 {
    let began = monotonic()
    let cast = Cast(scenario.events)
    let keysMade = monotonic()
    let opening = try open(cast)
    defer { opening.journal.close() }
    let outcomes = try play(opening, cast)
    let ended = monotonic()
    let refused = outcomes.count { $0.result != "ok" }
    context.output.message(
      Phrase.simulateDone(
        context.language, "\(outcomes.count - refused)", "\(refused)", "\(ended - keysMade)",
        "\(keysMade - began)"))
    return report(outcomes, opening.journal, cast)
  }

  private struct Opening {
    let journal: Journal
    let clock: SimulationClock
    let notes: EventNotes
    let officerHandle: Handle
    let key: VerifierKey
  }

  /// Founds the ledger a day before the first event, with the currency and the fee in force.
  private func open(_ cast: Cast) throws -> Opening {
    let language = context.language
    let start = (scenario.events.first?.time ?? context.now).adding(seconds: -86_400)
    let clock = SimulationClock(start)
    let handles = Set(scenario.events.map(\.to))
    let name = ["officer"] + (1...handles.count + 1).map { "officer-\($0)" }
    guard let officerHandle = name.first(where: { !handles.contains($0) }).flatMap({ Handle($0) }),
      let origin = Origin("simulation.example/\(scenario.currency.code.description.lowercased())")
    else {
      throw Failure(
        exit: .badData, code: "bad-scenario", message: Phrase.errorScenario(language, "events.csv"))
    }
    let founding = Founding(
      origin: origin, name: scenario.currency.name, purpose: .trial, officer: officerHandle, key: .generate())
    let journal: Journal
    do throws(LedgerError) {
      try founding.open(at: path, now: start, clock: clock)
      do throws(StoreError) { journal = try Journal(opening: path, options: .init(clock: clock)) } catch {
        throw LedgerError.storage(error)
      }
    } catch { throw Failure(error, language) }
    let terms = EventNotes.ScenarioTerms(
      currency: scenario.currency, fee: scenario.fee, minorUnits: { [scenario] in scenario.minorUnits($0) })
    let notes = EventNotes(
      origin: origin, officer: .init(number: founding.number, key: founding.key), cast: cast,
      referenceSecret: founding.secrets.referenceSecret, scenario: terms)
    try prepare(notes, journal, at: start)
    return Opening(
      journal: journal, clock: clock, notes: notes, officerHandle: officerHandle, key: founding.verifierKey)
  }

  private func prepare(_ notes: EventNotes, _ journal: Journal, at start: Timestamp) throws {
    var operations: [CarnetLedger.Operation] = [.currency(scenario.currency)]
    if scenario.fee > 0 {
      operations.append(
        .setting(SettingChange(name: .reconversionFee, value: scenario.fee, starts: start.seconds + 1)))
    }
    for operation in operations {
      guard let signed = notes.sign(operation, by: notes.officer, at: start) else { continue }
      if let refusal = try SimulateCommand.submit(signed, to: journal) {
        throw Failure(
          exit: .badData, code: "bad-scenario", message: Phrase.errorScenario(context.language, refusal))
      }
    }
  }

  private func play(_ opening: Opening, _ cast: Cast) throws -> [Simulation.Outcome] {
    var serving: Serving?
    let submit: Simulation.Submit
    if usesEndpoint {
      guard let address = Server.Address(host: "127.0.0.1", port: 0) else {
        preconditionFailure("an address")
      }
      let running = try Serving(opening.journal, on: address, extraHosts: [], context.language)
      serving = running
      submit = try through(running.address, opening.key)
    } else {
      submit = { [journal = opening.journal] in try SimulateCommand.submit($0, to: journal) }
    }
    defer { serving?.stopServer() }
    let simulation = Simulation(
      notes: opening.notes, clock: opening.clock, officerHandle: opening.officerHandle, submit: submit)
    do { return try simulation.play(scenario.events, progress: FileCommands.progress(context)) } catch let
      error
      as LedgerError
    { throw Failure(error, context.language) } catch let error as ClientError {
      throw Failure(error, context.language)
    }
  }

  /// By the journal itself.
  private static func submit(_ signed: EventNotes.Signed, to journal: Journal) throws -> String? {
    do throws(LedgerError) {
      let submission: Submission
      do throws(Refusal) {
        submission = try Submission(signed.note, texts: signed.text.map { [$0] } ?? [])
      } catch {
        throw LedgerError.refused(error)
      }
      _ = try journal.submit(submission)
      return nil
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      return refusal.code
    }
  }

  /// By the endpoint, as any client would.
  private func through(_ address: Server.Address, _ key: VerifierKey) throws -> Simulation.Submit {
    let client = LedgerClient(try HTTPTransport("http://\(address)"), language: .english) {
      sleep(UInt32(clamping: $0))
    }
    return { signed in
      do throws(ClientError) {
        _ = try client.post(signed.note, texts: signed.text.map { [$0] } ?? [], ledger: key)
        return nil
      } catch {
        guard case .refused(let refused) = error else { throw error }
        return refused.code
      }
    }
  }

  private func monotonic() -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension SimulateCommand {
  /// Prints the result and the events that came out other than expected.
  private func report(_ outcomes: [Simulation.Outcome], _ journal: Journal, _ cast: Cast) -> Int32 {
    let language = context.language
    let surprises = outcomes.filter { $0.result != $0.event.expected }
    for one in surprises {
      context.output.message(
        Phrase.simulateLine(
          language, "\(one.event.line)", Printable.line(one.event.kind), one.result,
          Printable.line(one.event.expected)))
    }
    let json = result(outcomes, journal, cast)
    context.show(json) {
      ["accepted", "circulation", "counts", "euros", "members", "refused"].compactMap { key in
        json[key].map { "\(key): \(String(decoding: $0.serialized(), as: UTF8.self))" }
      }
    }
    return surprises.isEmpty ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }

  /// The object whose shape is that of a scenario's `expected.json`.
  private func result(_ outcomes: [Simulation.Outcome], _ journal: Journal, _ cast: Cast) -> JSON {
    var (counts, refused) = ([String: Int64](), [String: Int64]())
    for one in outcomes {
      if one.result == "ok" {
        counts[one.event.kind, default: 0] += 1
      } else {
        refused["\(one.event.kind)/\(one.result)", default: 0] += 1
      }
    }
    let code = scenario.currency.code
    let members = cast.members
    let balances = journal.read { state in
      members.map { ($0.key, state.balance(of: AccountID($0.value.number, code))) }
    }
    var fields: [JSON.Member] = [
      .init("accepted", .integer(counts.values.reduce(0, +))),
      .init("balances", SimulateCommand.object(balances)),
      .init("counts", SimulateCommand.object(counts.map { ($0.key, $0.value) })),
      .init("currency", .string(code.description)),
      .init("members", .integer(Int64(members.count))),
      .init("refused", SimulateCommand.object(refused.map { ($0.key, $0.value) })),
      .init("scale", .integer(Int64(scenario.currency.scale))),
    ]
    if scenario.currency.kind == .backed {
      let euros = journal.read { state in
        SystemAccount.euroAccounts.map { ($0.rawValue, state.balance(of: AccountID($0, .euro))) }
      }
      fields.append(.init("circulation", .integer(journal.read { $0.circulation(of: code) })))
      fields.append(.init("euros", SimulateCommand.object(euros)))
    }
    return .object(fields.sorted { $0.key < $1.key })
  }

  private static func object(_ pairs: [(String, Int64)]) -> JSON {
    .object(pairs.sorted { $0.0 < $1.0 }.map { JSON.Member($0.0, .integer($0.1)) })
  }
}
