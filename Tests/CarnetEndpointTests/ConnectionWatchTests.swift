import CarnetJournal
import CarnetLedger
import Foundation
import Support
import Testing

@testable import CarnetEndpoint

/// Connections that are never silent for long, and those that only look so.
@Suite struct ConnectionWatchTests {
  private static let seconds: UInt64 = 2
  private static let question = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"

  private func serve(_ journal: Journal) throws -> Server {
    let address = try #require(Server.Address("127.0.0.1:0"))
    return try Server(
      Endpoint(journal: journal), on: address, headerSeconds: ConnectionWatchTests.seconds)
  }

  @Test("headers that trickle in for ever are cut off, before the first request and behind one")
  func trickle() throws {
    let ledger = try TestLedger()
    let server = try serve(ledger.journal)
    for before in ["", ConnectionWatchTests.question] {
      let client = try StreamClient(
        to: server.address, saying: before + "GET /livez HTTP/1.1\r\nHost: x\r\nX: ")
      let began = monotonicMilliseconds()
      var isHeard = true
      while isHeard, monotonicMilliseconds() - began < 20_000 {
        usleep(50_000)
        isHeard = client.say("a")
      }
      #expect(!isHeard)
      #expect(monotonicMilliseconds() - began >= ConnectionWatchTests.seconds * 1_000)
    }
    server.stop()
    ledger.journal.close()
  }

  @Test("a client that asks again and again is served for longer than one request may take")
  func steady() throws {
    let ledger = try TestLedger()
    let server = try serve(ledger.journal)
    let client = try StreamClient(to: server.address, saying: ConnectionWatchTests.question)
    for _ in 0..<5 {
      #expect(try client.read(until: "\"ok\"").hasPrefix("HTTP/1.1 200"))
      client.forget()
      usleep(700_000)
      #expect(client.say(ConnectionWatchTests.question))
    }
    server.stop()
    ledger.journal.close()
  }

  @Test("who waits for an answer is not cut off")
  func waiting() throws {
    var test = try TestEndpoint()
    let shop = try test.ledger.join("shop", kind: .business)
    let code = try #require(RequestCode(test.ask(5, by: shop)))
    let server = try serve(test.ledger.journal)
    let client = try StreamClient(
      to: server.address, saying: "GET /v1/requests/\(code)?wait=5 HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.read(until: "\"open\"").hasPrefix("HTTP/1.1 200"))
    server.stop()
    test.ledger.journal.close()
  }
}
