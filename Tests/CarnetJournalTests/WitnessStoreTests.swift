import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Synchronization
import Testing

@testable import CarnetJournal

/// A witness in a folder of its own, and a log it vouches for, leaf by leaf.
struct WitnessScene {
  let folder = Result { try TemporaryFolder() }
  let store: WitnessStore
  let log: SecretKey
  let origin: Origin
  private let leaves: [Digest]

  init() throws {
    let place = try folder.get().file("witness")
    _ = try WitnessStore.create(place, name: "temoin.example")
    store = try WitnessStore(place, signs: true)
    guard let origin = Origin("mel.example/lille") else { preconditionFailure("an origin") }
    (self.origin, log) = (origin, SecretKey.generate())
    try store.trust(VerifierKey(origin: origin, publicKey: log.publicKey))
    leaves = (0..<40).map { Merkle.leafHash([UInt8($0)]) }
  }

  func hash(_ level: Int, _ index: UInt64, of leaves: [Digest]) -> Digest {
    var part = TreeFrontier()
    let start = Int(index) << level
    for leaf in leaves[start..<start + 1 << level] { part.append(leaf) }
    return part.root
  }

  /// A request for the first `size` leaves; those from `fork` on are other ones.
  func request(
    _ old: UInt64, _ size: UInt64, fork: Int = .max, by key: SecretKey? = nil, proof: [Digest]? = nil
  ) -> AddCheckpoint {
    let leaves = self.leaves.enumerated().map { $0 < fork ? $1 : Merkle.leafHash([0xFF, UInt8($0)]) }
    let root = Merkle.root(size: size) { hash($0, $1, of: leaves) }
    let signed = SignedCheckpoint.sign(
      Checkpoint(origin: origin, size: size, root: root), with: [key ?? log])
    let made = old <= size ? Merkle.consistencyProof(from: old, to: size) { hash($0, $1, of: leaves) } : []
    return AddCheckpoint(old: old, proof: proof ?? made, checkpoint: signed.note)
  }
}

@Suite struct WitnessStoreTests {
  @Test("each right step is cosigned, each wrong one has its answer, and nothing wrong is remembered")
  func dialogue() throws {
    let scene = try WitnessScene()
    let store = scene.store
    let first = try store.add(scene.request(0, 3), at: 100)
    #expect(store.verifierKey.isValid(first, for: scene.request(0, 3).checkpoint.text))
    // The same again is signed again, with its own time.
    _ = try store.add(scene.request(3, 3), at: 101)
    #expect(throws: WitnessStore.Refusal.otherSize(3)) { try store.add(scene.request(0, 3), at: 102) }
    #expect(throws: WitnessStore.Refusal.otherSize(3)) { try store.add(scene.request(2, 9), at: 102) }
    #expect(throws: WitnessStore.Refusal.otherSize(3)) { try store.add(scene.request(4, 9), at: 102) }
    // Two roots of one size.
    #expect(throws: WitnessStore.Refusal.otherSize(3)) {
      try store.add(scene.request(3, 3, fork: 1), at: 102)
    }
    // A history that parted before the third record.
    #expect(throws: WitnessStore.Refusal.inconsistent) {
      try store.add(scene.request(3, 9, fork: 1), at: 102)
    }
    #expect(throws: WitnessStore.Refusal.inconsistent) {
      try store.add(scene.request(3, 9, proof: []), at: 102)
    }
    let extra = scene.request(3, 9).proof + [Digest.sha256([7])]
    #expect(throws: WitnessStore.Refusal.inconsistent) {
      try store.add(scene.request(3, 9, proof: extra), at: 1)
    }
    #expect(throws: WitnessStore.Refusal.inconsistent) {
      try store.add(scene.request(3, 3, proof: extra), at: 1)
    }
    #expect(throws: WitnessStore.Refusal.malformed("old")) { try store.add(scene.request(9, 3), at: 102) }
    #expect(throws: WitnessStore.Refusal.badSignature) {
      try store.add(scene.request(3, 9, by: .generate()), at: 102)
    }
    #expect(try store.newest(of: "mel.example/lille")?.size == 3)
    _ = try store.add(scene.request(3, 9), at: 103)
    _ = try store.add(scene.request(9, 33), at: 104)
    #expect(try store.newest(of: "mel.example/lille")?.size == 33)
  }

  @Test("a log nobody vouches for is unknown, and what is no checkpoint is malformed")
  func unknown() throws {
    let scene = try WitnessScene()
    let other = try #require(Origin("sel.example/lien"))
    let foreign = SignedCheckpoint.sign(
      Checkpoint(origin: other, size: 1, root: Digest.sha256([1])), with: [scene.log])
    #expect(throws: WitnessStore.Refusal.unknownLog) {
      try scene.store.add(AddCheckpoint(old: 0, proof: [], checkpoint: foreign.note), at: 1)
    }
    let note = try SignedNote.sign(Array("hello\n".utf8), name: "mel.example/lille", with: scene.log)
    #expect(throws: WitnessStore.Refusal.malformed("checkpoint")) {
      try scene.store.add(AddCheckpoint(old: 0, proof: [], checkpoint: note), at: 1)
    }
  }

  @Test("what was cosigned is still known after a new start; two processes cannot sign at once")
  func restart() throws {
    let scene = try WitnessScene()
    _ = try scene.store.add(scene.request(0, 5), at: 1)
    let place = try scene.folder.get().file("witness")
    #expect(throws: StoreError.self) { try WitnessStore(place, signs: true) }
    let second = try WitnessStore(place, signs: false)
    #expect(second.verifierKey == scene.store.verifierKey && second.trusted == scene.store.trusted)
    #expect(throws: WitnessStore.Refusal.otherSize(5)) { try second.add(scene.request(0, 9), at: 2) }
    #expect(throws: StoreError.exists) { try WitnessStore.create(place, name: "temoin.example") }
    let code = unsafe chmod(place + "/witness.key", 0o644)
    #expect(code == 0)
    #expect(throws: StoreError.keyExposed) { try WitnessStore(place, signs: false) }
  }

  @Test("many at once: one of two histories is signed for each size, never both")
  func race() throws {
    let scene = try WitnessScene()
    let signed = Mutex<[UInt64: Set<Bool>]>([:])
    DispatchQueue.concurrentPerform(iterations: 64) { index in
      let (isFork, size) = (index % 2 == 1, UInt64(1 + index % 8))
      let request = scene.request(0, size, fork: isFork ? 0 : .max)
      guard (try? scene.store.add(request, at: 1)) != nil else { return }
      signed.withLock { _ = $0[size, default: []].insert(isFork) }
    }
    let all = signed.withLock { $0 }
    #expect(all.count == 1 && all.values.allSatisfy { $0.count == 1 })
  }
}
