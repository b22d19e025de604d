public import CarnetNotes

/// A witness as a log asks it for cosignatures (C2SP tlog-witness).
public struct WitnessClient: Sendable {
  public let name: String
  public let key: VerifierKey
  private let transport: any Transport

  /// What became of a request.
  public enum Answer: Hashable, Sendable {
    case cosigned(SignatureLine)
    /// The witness knows a journal of another size, or another one of this size.
    case otherSize(UInt64)
    /// The proof does not lead from what the witness knows.
    case inconsistent
    /// Any other status, or an answer that is not of its form.
    case refused(Int)
    case unreachable
  }

  public init(name: String, key: VerifierKey, transport: any Transport) {
    (self.name, self.key, self.transport) = (name, key, transport)
  }

  /// Sends a checkpoint; a cosignature that does not verify is none.
  public func ask(_ request: AddCheckpoint) -> Answer {
    let response: TransportResponse
    do throws(TransportError) {
      response = try transport.send(
        TransportRequest(
          method: "POST", target: "/add-checkpoint", headers: ["Content-Type": "text/plain; charset=utf-8"],
          body: request.bytes))
    } catch { return .unreachable }
    switch response.status {
    case 200:
      // The lines stand under the checkpoint's text like any other signature.
      guard let note = try? SignedNote(parsing: request.checkpoint.text + Array("\n".utf8) + response.body),
        let line = note.lines.first(where: { key.isValid($0, for: request.checkpoint.text) })
      else { return .refused(200) }
      return .cosigned(line)
    case 409:
      guard let size = WitnessClient.size(in: response) else { return .refused(409) }
      return .otherSize(size)
    case 422: return .inconsistent
    default: return .refused(response.status)
    }
  }

  private static func size(in response: TransportResponse) -> UInt64? {
    guard response.headers["content-type"]?.hasPrefix(AddCheckpoint.sizeType) ?? false,
      response.body.last == UInt8(ascii: "\n")
    else { return nil }
    return DecimalText.unsigned(response.body.dropLast())
  }
}
