import CarnetNotes
import Dispatch

/// The bare limit: libsodium's signature verification alone, of texts as long as a payment's.
///
/// As in a ledger no two signatures are alike: the processor learns the branches of one that is verified again and again,
/// and takes 6 in 100 less for it than it ever does at work.
enum Verification {
  private struct Signed {
    let key: PublicKey
    let text: [UInt8]
    let signature: Signature
  }

  private static let all = (0..<1_024).map { index in
    let key = SecretKey.generate()
    let text = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: 320)
    return Signed(key: key.publicKey, text: text, signature: key.sign(text))
  }

  /// Verifications a second on one core and on two, and the processor time of one, in microseconds.
  static func perSecond(count: Int) -> (one: Double, two: Double, time: Double) {
    let all = all
    @Sendable func verify(_ count: Int) {
      for index in 0..<count {
        let signed = all[index % all.count]
        guard signed.key.isValid(signed.signature, for: signed.text) else {
          preconditionFailure("a valid signature")
        }
      }
    }
    let alone = seconds { verify(count) }
    let began = ProcessorTime.now()
    let both = seconds { DispatchQueue.concurrentPerform(iterations: 2) { _ in verify(count) } }
    let time = (ProcessorTime.now() - began) / Double(2 * count) * 1e6
    return (Double(count) / alone, Double(2 * count) / both, time)
  }
}
