import CarnetNotes
import Dispatch

/// The bare limit: libsodium's signature verification alone, of texts as long as a payment's.
enum Verification {
  /// Verifications a second on one core and on two, and the processor time of one, in microseconds.
  static func perSecond(count: Int) -> (one: Double, two: Double, time: Double) {
    let key = SecretKey.generate()
    let text = [UInt8](repeating: 0x61, count: 320)
    let signature = key.sign(text)
    @Sendable func verify(_ count: Int) {
      for _ in 0..<count where !key.publicKey.isValid(signature, for: text) {
        preconditionFailure("a valid signature")
      }
    }
    let alone = seconds { verify(count) }
    let began = ProcessorTime.now()
    let both = seconds { DispatchQueue.concurrentPerform(iterations: 2) { _ in verify(count) } }
    let time = (ProcessorTime.now() - began) / Double(2 * count) * 1e6
    return (Double(count) / alone, Double(2 * count) / both, time)
  }
}
