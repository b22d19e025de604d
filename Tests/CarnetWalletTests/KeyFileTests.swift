import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Support
import Testing

@Suite struct KeyFileTests {
  @Test("a sealed key opens with its passphrase only, and any altered byte is noticed")
  func sealed() throws {
    let key = SecretKey.generate()
    let file = KeyFile(key, handle: "alice", passphrase: Array("mot de passe".utf8))
    let read = try KeyFile(parsing: file.bytes)
    #expect(read.isSealed)
    #expect(try read.key(passphrase: Array("mot de passe".utf8)).publicKey == key.publicKey)
    #expect(throws: KeyFile.Fault.passphraseWrong) { try read.key(passphrase: Array("mot de pass".utf8)) }
    #expect(throws: KeyFile.Fault.passphraseMissing) { try read.key(passphrase: nil) }
    let renamed = String(decoding: file.bytes, as: UTF8.self).replacingOccurrences(
      of: "alice", with: "mallory")
    #expect(throws: KeyFile.Fault.passphraseWrong) {
      try KeyFile(parsing: Array(renamed.utf8)).key(passphrase: Array("mot de passe".utf8))
    }
  }

  @Test(
    "what is not a key file is refused, and so is one that asks for too much memory",
    arguments: [
      "", "carnet-key/v1\n", "carnet-key/v2\nhandle a\n", "seal argon2id 3 99999999999 AAAA",
    ])
  func malformed(_ text: String) throws {
    #expect(throws: KeyFile.Fault.malformed) { try KeyFile(parsing: Array(text.utf8)) }
    let good = KeyFile(.generate(), handle: "a", passphrase: Array("x".utf8)).bytes
    let greedy = String(decoding: good, as: UTF8.self).replacingOccurrences(
      of: " 33554432 ", with: " 999999999999 ")
    #expect(throws: KeyFile.Fault.malformed) { try KeyFile(parsing: Array(greedy.utf8)) }
    for cut in [1, good.count / 2, good.count - 1] {
      #expect(throws: KeyFile.Fault.malformed) { try KeyFile(parsing: Array(good.prefix(cut))) }
    }
  }

  @Test("a wallet keeps a key once, and refuses one that others may read")
  func keyring() throws {
    let folder = try TemporaryFolder()
    let wallet = Wallet(home: Folder(folder.file("home")))
    let alice = try #require(Handle("alice"))
    let file = KeyFile(.generate(), handle: "alice", passphrase: nil)
    try wallet.add(file, as: alice)
    #expect(wallet.handles == ["alice"])
    #expect(throws: WalletError.self) { try wallet.add(file, as: alice) }
    #expect(try wallet.keyFile(alice)?.publicKey == file.publicKey)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.file("home/keys/alice.key"))
    #expect(throws: WalletError.folder(.exposed(folder.file("home/keys/alice.key")))) {
      try wallet.keyFile(alice)
    }
  }
}
