import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Dispatch
import Glibc
import Synchronization

/// Asks every witness of a policy to cosign the ledger's newest checkpoint.
final class WitnessRounds: Sendable {
  /// What a witness said of the journal.
  enum Verdict: Hashable, Sendable {
    case cosigned
    /// It knows more records than there are here.
    case ahead(size: UInt64)
    /// It knows another history.
    case differs
    case unreachable
    case refused(status: Int)
  }

  struct Report: Sendable {
    let witness: String
    let verdict: Verdict
  }

  private let journal: Journal
  private let policy: CosignerPolicy
  private let clients: [WitnessClient]
  /// Records each witness is known to know.
  private let sizes = Mutex<[String: UInt64]>([:])

  init(_ journal: Journal, _ policy: CosignerPolicy, _ language: Language) throws {
    (self.journal, self.policy) = (journal, policy)
    clients = try policy.witnesses.compactMap { witness in
      guard let url = witness.url else { return nil }
      do throws(HTTPTransport.AddressError) {
        return WitnessClient(
          name: witness.name, key: witness.key,
          transport: try HTTPTransport(url, hasPath: true, seconds: WitnessRounds.secondsMax))
      } catch { throw Failure(address: url, error, language) }
    }
  }

  /// Seconds a witness may take: it is never a payment that waits.
  private static let secondsMax = 10

  /// One round: all witnesses at once, about one checkpoint. What they sign is kept once it is enough.
  func round() throws(StoreError) -> [Report] {
    let checkpoint = journal.checkpoint
    let results = Mutex<[Int: (Verdict, SignatureLine?)]>([:])
    let (clients, size) = (clients, checkpoint.checkpoint.size)
    DispatchQueue.concurrentPerform(iterations: clients.count) { index in
      let result = ask(clients[index], checkpoint, size)
      results.withLock { $0[index] = result }
    }
    let found = results.withLock { $0 }
    var cosigned = checkpoint
    for (index, client) in clients.enumerated() {
      guard let line = found[index]?.1, cosigned.note.lines.count < SignedNote.linesMax,
        let more = try? cosigned.adding(line, by: client.key)
      else { continue }
      cosigned = more
    }
    if !cosigned.witnesses.isEmpty, policy.isSatisfied(by: cosigned.witnesses) {
      try journal.keep(cosigned: cosigned)
    }
    return clients.enumerated().map { Report(witness: $1.name, verdict: found[$0]?.0 ?? .unreachable) }
  }

  /// Tells a witness of the checkpoint; where it knows another size than thought, once more from that one.
  private func ask(
    _ client: WitnessClient, _ checkpoint: SignedCheckpoint, _ size: UInt64
  ) -> (Verdict, SignatureLine?) {
    var known = sizes.withLock { $0[client.name] ?? 0 }
    for _ in 0..<2 {
      guard known <= size else { return (.ahead(size: known), nil) }
      guard let proof = try? journal.proof(from: known, to: size) else {
        return (.refused(status: 0), nil)
      }
      switch client.ask(AddCheckpoint(old: known, proof: proof, checkpoint: checkpoint.note)) {
      case .cosigned(let line):
        sizes.withLock { $0[client.name] = size }
        return (.cosigned, line)
      case .otherSize(let actual):
        // The very size it was asked from, and yet a conflict: it knows another root.
        guard actual != known else { return (.differs, nil) }
        known = actual
        sizes.withLock { $0[client.name] = actual }
      case .inconsistent: return (.differs, nil)
      case .unreachable: return (.unreachable, nil)
      case .refused(let status): return (.refused(status: status), nil)
      }
    }
    return (.refused(status: 409), nil)
  }

  /// The witnesses of a journal, held against it; `nil` where it has none. On a failure the journal is closed.
  static func compared(
    with journal: Journal, isHeadLost: Bool, _ context: Context
  ) throws -> WitnessRounds? {
    do {
      guard let policy = try PolicyFile(journal.files, context.language).read() else { return nil }
      let rounds = try WitnessRounds(journal, policy, context.language)
      try rounds.compare(isHeadLost: isHeadLost, context)
      return rounds
    } catch {
      journal.close()
      throw error
    }
  }

  /// Compares the journal with the witnesses before anything is signed.
  ///
  /// - Throws: a failure where a witness knows more than is here, or something else.
  private func compare(isHeadLost: Bool, _ context: Context) throws {
    let language = context.language
    let reports: [Report]
    do throws(StoreError) { reports = try round() } catch { throw Failure(error, language) }
    let size = journal.checkpoint.checkpoint.size
    for report in reports {
      switch report.verdict {
      case .ahead(let known):
        throw Failure(
          StoreError.recordsMissing(from: size, through: known - 1), language,
          hint: Phrase.hintWitnessAhead(language, report.witness))
      case .differs:
        throw Failure(
          exit: .badData, code: "witness-differs",
          message: Phrase.errorWitnessDiffers(language, report.witness),
          hint: Phrase.hintWitnessDiffers(language, report.witness))
      case .unreachable, .refused:
        context.output.message(Phrase.saidWitnessSilent(language, report.witness))
      case .cosigned: break
      }
    }
    // Without FILE.head only a witness can tell an old copy.
    let hasAnswered = reports.contains { $0.verdict == .cosigned }
    guard !isHeadLost || hasAnswered || reports.isEmpty else {
      throw Failure(
        exit: .unreachable, code: "witnesses-silent", message: Phrase.errorWitnessesSilent(language),
        hint: Phrase.hintWitnessesSilent(language))
    }
  }
}

/// Collects cosignatures beside a running endpoint: a round after commits, at most one a second, and never in the way of
/// a payment.
final class WitnessKeeper: Sendable {
  private let rounds: WitnessRounds
  private let wake: DispatchSemaphore
  private let isStopped = Mutex(false)
  private let ended = DispatchSemaphore(value: 0)

  /// Between two rounds.
  private static let pauseMicroseconds: UInt32 = 1_000_000
  /// Until a round without any commit.
  private static let retrySeconds = 30

  /// - Parameter wake: signalled after each commit.
  init(_ rounds: WitnessRounds, wake: DispatchSemaphore) {
    (self.rounds, self.wake) = (rounds, wake)
    let queue = DispatchQueue(label: "witnesses")
    queue.async { [self] in
      while !isStopped.withLock({ $0 }) {
        _ = wake.wait(timeout: .now() + .seconds(WitnessKeeper.retrySeconds))
        // Commits up to here are all covered by this round.
        while wake.wait(timeout: .now()) == .success { continue }
        guard !isStopped.withLock({ $0 }) else { break }
        _ = try? rounds.round()
        usleep(WitnessKeeper.pauseMicroseconds)
      }
      ended.signal()
    }
  }

  /// Ends the rounds; one under way is waited for.
  func stop() {
    isStopped.withLock { $0 = true }
    wake.signal()
    ended.wait()
  }
}
