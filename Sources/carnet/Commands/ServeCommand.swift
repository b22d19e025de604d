import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Glibc

/// The endpoint of a ledger, with its witnesses.
enum ServeCommand {
  static let spec = CommandSpec(
    path: ["serve"], summary: .commandServe,
    options: [
      OptionSpec(name: "--listen", value: "127.0.0.1:8390", summary: .optionListen),
      OptionSpec(name: "--host", value: "NAME", summary: .optionHost),
      OptionSpec(name: "--public-url", value: "URL", summary: .optionPublicURL),
      OptionSpec(name: "--proxy", summary: .optionProxy),
      OptionSpec(name: "--allow-private-webhooks", summary: .optionAllowPrivateWebhooks),
      OptionSpec(name: "--head-lost", summary: .optionHeadLost),
    ], examples: ["serve", "serve --listen 127.0.0.1:8400 --public-url https://mel.example --proxy"],
    run: serve)

  @Sendable private static func serve(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let address = Server.Address(invocation["--listen"] ?? "127.0.0.1:8390") else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--listen"))
    }
    let published = try publicAddress(invocation["--public-url"], language)
    let signals = StopSignals()
    let path = try Session.file(context)
    let isHeadLost = invocation.has("--head-lost")
    // Made at 0: libdispatch does not let one go below what it began with.
    let committed = DispatchSemaphore(value: 0)
    committed.signal()
    let journal: Journal
    do throws(StoreError) {
      journal = try Journal(
        opening: path,
        options: .init(
          isHeadLost: isHeadLost, credential: context.credential, onFailure: { _ in signals.raise() }))
    } catch { throw Failure(error, language) }
    journal.observe { _ in committed.signal() }
    let keeper = try WitnessRounds.compared(with: journal, isHeadLost: isHeadLost, context)
      .map { WitnessKeeper($0, wake: committed) }
    let running: Serving
    do {
      running = try Serving(
        journal, on: address, extraHosts: invocation["--host"].map { [$0] } ?? [], published: published,
        isBehindProxy: invocation.has("--proxy"),
        allowsPrivateWebhooks: invocation.has("--allow-private-webhooks"), language)
    } catch {
      keeper?.stop()
      throw error
    }
    context.output.message(Phrase.saidServing(language, "http://\(running.address)/"))
    signals.wait()
    context.output.message(Phrase.saidStopping(language))
    keeper?.stop()
    if let failure = running.stop() { throw Failure(failure, language) }
    return ExitStatus.done.rawValue
  }
}

extension ServeCommand {
  static func publicAddress(_ text: String?, _ language: Language) throws -> PublicAddress? {
    guard let text else { return nil }
    guard let address = PublicAddress(text) else {
      throw Failure(
        exit: .usage, code: "bad-address", message: Phrase.errorAddress(language, Printable.line(text)))
    }
    return address
  }
}

/// An endpoint that runs until it is stopped.
final class Serving {
  private let journal: Journal
  private let endpoint: Endpoint
  private let server: Server

  var address: Server.Address { server.address }

  /// - Parameter published: the address that links begin with; the one it listens on where there is none.
  init(
    _ journal: Journal, on address: Server.Address, extraHosts: [String], published: PublicAddress? = nil,
    isBehindProxy: Bool = false, allowsPrivateWebhooks: Bool = false, _ language: Language
  ) throws {
    self.journal = journal
    let names = [address.host, "localhost"] + extraHosts
    let own = Set(names.flatMap { [$0.lowercased(), "\($0.lowercased()):\(address.port)"] })
    let hosts = address.port == 0 ? [] : own.union(published.map { [$0.host] } ?? [])
    endpoint = Endpoint(
      journal: journal, hosts: hosts, webhooks: .init(allowsNear: allowsPrivateWebhooks))
    do throws(StoreError) { try endpoint.start() } catch {
      journal.close()
      throw Failure(error, language)
    }
    do throws(Server.StartError) {
      server = try Server(endpoint, on: address, isBehindProxy: isBehindProxy)
    } catch {
      endpoint.stop()
      journal.close()
      throw Failure(error, address, language)
    }
    endpoint.publish(at: published?.description ?? "http://\(server.address)")
    do throws(StoreError) { try journal.announce(address: server.address.description) } catch {
      throw Failure(error, language)
    }
  }

  /// Answers what was taken in; the journal stays open.
  func stopServer() {
    server.stop()
    endpoint.stop()
  }

  /// Answers what was taken in, closes, and gives the failure that ended it, if one did.
  func stop() -> StoreError? {
    stopServer()
    let failure = journal.failure
    journal.close()
    return failure
  }
}

/// Waits for SIGTERM or SIGINT, or for ``raise()``.
final class StopSignals: Sendable {
  init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigaddset(&set, SIGINT)
    // Threads that are started later inherit the mask: the signals come to whoever waits.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  func wait() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigaddset(&set, SIGINT)
    var signal: Int32 = 0
    _ = unsafe sigwait(&set, &signal)
  }

  func raise() { kill(getpid(), SIGTERM) }
}
