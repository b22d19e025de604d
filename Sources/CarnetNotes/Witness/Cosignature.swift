/// A witness's signature of a checkpoint, with the time at which it was made (C2SP tlog-cosignature, version 1).
public enum Cosignature {
  /// The line of a witness under a checkpoint.
  ///
  /// - Parameters:
  ///   - name: the witness's; one that no line could hold is a programmer's error.
  ///   - seconds: Unix time, not negative.
  public static func line(
    for checkpoint: Checkpoint, name: String, key: SecretKey, at seconds: Int64
  ) -> SignatureLine {
    precondition(seconds >= 0, "a cosignature has a time since 1970")
    let signature = key.sign(message(checkpoint.text, seconds: UInt64(seconds)))
    let id = VerifierKey.keyID(name: name, publicKey: key.publicKey, algorithm: .cosignature)
    guard let line = SignatureLine(name: name, keyID: id, payload: seconds.bigEndianBytes + signature.bytes)
    else {
      preconditionFailure("not a name of a key")
    }
    return line
  }

  /// What is signed: `cosignature/v1`, `time <seconds>`, and the text of the checkpoint.
  static func message(_ text: [UInt8], seconds: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
  }
}
