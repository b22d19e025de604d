package import CarnetLedger
package import CarnetNotes

/// What a webhook is known by: eight random symbols, like a till's id.
package struct WebhookID: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Reads an id in its one form; `nil` for any other text.
  package init?(_ text: String) {
    guard TillID(text) != nil else { return nil }
    description = text
  }

  private init(of id: TillID) { description = id.description }

  /// Draws an id; whether it is free is for the store to say.
  package static func random() -> WebhookID { WebhookID(of: .random()) }
}

/// A target that events are sent to, with the key that signs them for it and for nobody else.
package struct Webhook: Hashable, Sendable {
  /// The events that are sent to webhooks.
  package static let kinds: [TillEvent.Kind] = [.paid, .expired, .refunded]

  package let id: WebhookID
  package let url: WebhookURL
  /// In the order of ``kinds``, one at least.
  package let events: [TillEvent.Kind]
  /// The one till it hears of; `nil` for all.
  package let till: TillID?
  /// Whether it may lie on this machine or in its network.
  package let isPrivate: Bool
  package let key: PublicKey
  /// The key before, which signs too until the moment after it; `nil` where there is none.
  package var previousKey: PublicKey?
  package var previousKeyEnds: Timestamp?
  package let made: Timestamp
  /// The officer who set it; `nil` for whoever had the ledger's own files.
  package let setter: MemberNumber?
  /// When it answered that it is gone (410); `nil` while it is sent to.
  package var gone: Timestamp?

  package init(
    id: WebhookID, url: WebhookURL, events: [TillEvent.Kind], till: TillID?, isPrivate: Bool, key: PublicKey,
    made: Timestamp, setter: MemberNumber?
  ) {
    (self.id, self.url, self.till, self.isPrivate, self.key) = (id, url, till, isPrivate, key)
    self.events = Webhook.kinds.filter { events.contains($0) }
    (self.made, self.setter) = (made, setter)
  }

  /// Targets there may be at once.
  package static var countMax: Int { Limits.webhooksMax }
}

/// One event on its way to one target.
package struct WebhookDelivery: Hashable, Sendable {
  package enum State: String, Hashable, Sendable {
    case waiting, delivered, failed
  }

  /// Ascending; never used twice.
  package let id: Int64
  package let webhook: WebhookID
  /// The same at every try and every target: `webhook-id`.
  package let message: String
  package let kind: TillEvent.Kind
  package let state: State
  /// How often it was sent since it was queued, or queued again.
  package let attempts: Int
  package let made: Timestamp
  /// When it was last sent.
  package let tried: Timestamp?
  /// When it is sent next; `nil` unless it waits.
  package let next: Timestamp?
  /// The HTTP status of the last answer, `nil` where there was none.
  package let status: Int?
  /// Why the last try failed where there was no answer, or why it was never sent; a stable code.
  package let fault: String?
}

/// What became of one try.
package enum WebhookOutcome: Hashable, Sendable {
  /// An answer with a status of 2xx.
  case delivered(status: Int)
  /// Another status, or none; it is sent again at a moment, if it still may be.
  case failed(status: Int?, fault: String?, again: Timestamp?)
  /// 410: the target wants nothing any more.
  case gone
}
