import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes

extension FuzzTarget {
  /// What comes to the endpoint beside a note's own text: bodies, and the addresses in them and in headers.
  static let bodies: [FuzzTarget] = [
    FuzzTarget(name: "body", bytesMax: 4_096) { bytes in
      var isAccepted = false
      for type in ["application/json", "text/plain"] {
        guard
          let request = Request(method: "POST", target: "/", headers: ["content-type": type], body: bytes)
        else { preconditionFailure("the target is of its form") }
        if let (note, texts) = try? NoteRoutes.noteAndTexts(of: request) {
          isAccepted = isAccepted || (try? Submission(parsing: note, texts: texts)) != nil
        }
        if let order = try? TillOrder(request) {
          precondition(Quantity.amounts.contains(order.amount), "a till asks for an amount")
          isAccepted = true
        }
      }
      guard let json = try? JSON(parsing: bytes) else { return isAccepted }
      return (try? InvitationOrder(json)) != nil || isAccepted
    },
    FuzzTarget(name: "addresses", bytesMax: 1_100) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let url = try? WebhookURL(text)
      if let url {
        precondition(url.address?.reach != .never, "nothing is sent nowhere")
        precondition((try? WebhookURL(url.description)) == url, "an address reads back as it was written")
      }
      let address = NetworkAddress(text)
      if let address {
        precondition(
          NetworkAddress(address.description) == address, "an address reads back as it was written")
      }
      let client = ForwardedAddress.client(peer: "127.0.0.1", header: text)
      precondition(client.utf8.count <= 45, "one that counts is short")
      return url != nil || address != nil
    },
  ]
}
