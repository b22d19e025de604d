import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import FoundationNetworking
import Support
import Testing

/// A witness behind a socket: C2SP tlog-witness, each answer with its status, type and body.
@Suite struct WitnessServiceTests {
  private struct Scene {
    let folder: TemporaryFolder
    let store: WitnessStore
    let server: Server
    let log = SecretKey.generate()
    let origin: Origin

    init() throws {
      folder = try TemporaryFolder()
      _ = try WitnessStore.create(folder.file("w"), name: "temoin.example")
      store = try WitnessStore(folder.file("w"), signs: true)
      origin = try #require(Origin("mel.example/lille"))
      try store.trust(VerifierKey(origin: origin, publicKey: log.publicKey))
      server = try Server(
        WitnessService(store, clock: TestClock(Timestamp(seconds: 1_700_000_000))),
        on: try #require(Server.Address("127.0.0.1:0")))
    }

    /// The request for a log whose every leaf is the same, so that proofs are easily made.
    func request(_ old: UInt64, _ size: UInt64, leaf: UInt8 = 1, by key: SecretKey? = nil) -> AddCheckpoint {
      func hash(_ level: Int) -> Digest {
        level == 0 ? Merkle.leafHash([leaf]) : Merkle.nodeHash(hash(level - 1), hash(level - 1))
      }
      let root = Merkle.root(size: size) { level, _ in hash(level) }
      let signed = SignedCheckpoint.sign(
        Checkpoint(origin: origin, size: size, root: root), with: [key ?? log])
      let proof = old <= size ? Merkle.consistencyProof(from: old, to: size) { level, _ in hash(level) } : []
      return AddCheckpoint(old: old, proof: proof, checkpoint: signed.note)
    }

    func send(
      _ body: [UInt8], _ path: String = "/add-checkpoint", method: String = "POST"
    ) async throws -> (status: Int, type: String, body: String) {
      var request = URLRequest(url: try #require(URL(string: "http://\(server.address)\(path)")))
      request.httpMethod = method
      if method == "POST" { request.httpBody = Data(body) }
      let (data, response) = try await URLSession.shared.data(for: request)
      let http = try #require(response as? HTTPURLResponse)
      return (
        http.statusCode, http.value(forHTTPHeaderField: "Content-Type") ?? "",
        String(decoding: data, as: UTF8.self)
      )
    }
  }

  @Test("every answer of the specification")
  func answers() async throws {
    let scene = try Scene()
    let good = try await scene.send(scene.request(0, 5).bytes)
    #expect(good.status == 200 && good.type.hasPrefix("text/plain"))
    let note = try SignedNote(parsing: scene.request(0, 5).checkpoint.text + Array("\n\(good.body)".utf8))
    #expect(try note.signers(among: [scene.store.verifierKey]) == [scene.store.verifierKey])
    let conflict = try await scene.send(scene.request(0, 9).bytes)
    #expect(conflict == (409, "text/x.tlog.size", "5\n"))
    let fork = try await scene.send(scene.request(5, 5, leaf: 2).bytes)
    #expect(fork == (409, "text/x.tlog.size", "5\n"))
    #expect(try await scene.send(scene.request(5, 9, leaf: 2).bytes).status == 422)
    #expect(try await scene.send(scene.request(5, 9, by: .generate()).bytes).status == 403)
    #expect(try await scene.send(scene.request(9, 5).bytes).status == 400)
    #expect(try await scene.send(Array("old 5\n".utf8)).status == 400)
    #expect(try await scene.send([]).status == 400)
    #expect(
      try await scene.send(Array(repeating: 0x61, count: AddCheckpoint.bytesMax + 1)).status == 413)
    #expect(try await scene.send(Array(repeating: 0x61, count: 200_000)).status == 413)
    #expect(try await scene.send([], method: "GET").status == 405)
    #expect(try await scene.send([], "/other", method: "GET").status == 404)
    #expect(try await scene.send([], "/", method: "GET").body == "\(scene.store.verifierKey)\n")
    let other = try #require(Origin("sel.example/lien"))
    let foreign = SignedCheckpoint.sign(
      Checkpoint(origin: other, size: 1, root: Merkle.leafHash([1])), with: [scene.log])
    #expect(
      try await scene.send(AddCheckpoint(old: 0, proof: [], checkpoint: foreign.note).bytes).status == 404)
    #expect(try await scene.send(scene.request(5, 9).bytes).status == 200)
    scene.server.stop()
  }

  @Test("the client reads each answer, and takes no cosignature that does not verify")
  func client() async throws {
    let scene = try Scene()
    let transport = try HTTPTransport("http://\(scene.server.address)", hasPath: true)
    let client = WitnessClient(name: "t", key: scene.store.verifierKey, transport: transport)
    guard case .cosigned(let line) = client.ask(scene.request(0, 5)) else {
      Issue.record("not cosigned")
      return
    }
    #expect(scene.store.verifierKey.isValid(line, for: scene.request(0, 5).checkpoint.text))
    #expect(client.ask(scene.request(2, 9)) == .otherSize(5))
    #expect(client.ask(scene.request(5, 9, leaf: 2)) == .inconsistent)
    #expect(client.ask(scene.request(5, 9, by: .generate())) == .refused(403))
    let stranger = VerifierKey(
      name: "temoin.example", publicKey: SecretKey.generate().publicKey, algorithm: .cosignature)
    let deceived = WitnessClient(name: "t", key: stranger, transport: transport)
    #expect(deceived.ask(scene.request(5, 9)) == .refused(200))
    scene.server.stop()
    #expect(client.ask(scene.request(9, 12)) == .unreachable)
  }
}
