import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes

extension FuzzTarget {
  /// What comes to the endpoint beside a note's own text: bodies, and the addresses in them and in headers.
  static let bodies: [FuzzTarget] = [
    FuzzTarget(name: "body", bytesMax: 4_096) { bytes in
      for type in ["application/json", "text/plain"] {
        guard
          let request = Request(method: "POST", target: "/", headers: ["content-type": type], body: bytes)
        else { preconditionFailure("the target is of its form") }
        if let (note, texts) = try? NoteRoutes.noteAndTexts(of: request) {
          _ = try? Submission(parsing: note, texts: texts)
        }
        if let order = try? TillOrder(request) {
          precondition(Quantity.amounts.contains(order.amount), "a till asks for an amount")
        }
      }
      if let json = try? JSON(parsing: bytes) { _ = try? InvitationOrder(json) }
    },
    FuzzTarget(name: "addresses", bytesMax: 1_100) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let url = try? WebhookURL(text) {
        precondition(url.address?.reach != .never, "nothing is sent nowhere")
        precondition((try? WebhookURL(url.description)) == url, "an address reads back as it was written")
      }
      if let address = NetworkAddress(text) {
        precondition(
          NetworkAddress(address.description) == address, "an address reads back as it was written")
      }
      let client = ForwardedAddress.client(peer: "127.0.0.1", header: text)
      precondition(client.utf8.count <= 45, "one that counts is short")
    },
  ]
}
