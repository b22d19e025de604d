package import CarnetJournal
package import CarnetLedger
package import CarnetNotes
import Dispatch
import Synchronization

/// Brings events to webhooks.
///
/// Invariants: 1. an event and its deliveries are kept in one transaction, and a delivery waits until an answer to it was
/// kept, so that each is sent at least once whatever is killed when; 2. each target has one delivery under way at a time, on a
/// thread of its own: a slow one delays itself alone, and there are as many threads as targets at most; 3. what is asked of
/// the store is asked on its queue, and nothing on that queue waits for the network.
package final class WebhookService: Sendable {
  /// How an endpoint reaches webhooks; tests put their own in place.
  package struct Options: Sendable {
    /// Whether targets on this machine and in its network may be set and are sent to.
    package var allowsNear: Bool
    package var send:
      @Sendable (WebhookMessage, WebhookURL, WebhookSender.Range, Timestamp, [SecretKey]) ->
        Result<WebhookSender.Answer, WebhookSender.Fault>
    /// A number from 0 to the one given.
    package var jitter: @Sendable (Int64) -> Int64

    package init(allowsNear: Bool = false, sender: WebhookSender = WebhookSender()) {
      self.allowsNear = allowsNear
      send = { sender.send($0, to: $1, within: $2, at: $3.seconds, signedBy: $4) }
      jitter = { limit in
        var source = SystemRandomSource()
        return Int64.random(in: 0...limit, using: &source)
      }
    }
  }

  private struct State {
    /// What there is to send to; `nil` until it was read.
    var webhooks: [ServiceStore.SigningWebhook]?
    var busy: Set<WebhookID> = []
    var tested: Set<WebhookID> = []
    var isStopped = false
  }

  let options: Options
  private let store: ServiceStore
  private let clock: any LedgerClock
  private let state = Mutex(State())

  init(_ store: ServiceStore, _ clock: any LedgerClock, _ options: Options) {
    (self.store, self.clock, self.options) = (store, clock, options)
  }

  /// Sends nothing more, and keeps nothing of what is under way: it is sent again by the next one.
  func stop() { state.withLock { $0.isStopped = true } }

  // On the queue -------------------------------------------------------------------------------------------------------

  /// Every webhook, oldest first.
  func all() throws(StoreError) -> [ServiceStore.SigningWebhook] {
    if let known = state.withLock({ $0.webhooks }) { return known }
    let found = try store.webhooks()
    state.withLock { $0.webhooks = found }
    return found
  }

  /// A change was made: the webhooks are read again.
  func changed() {
    state.withLock { $0.webhooks = nil }
    pump()
  }

  /// Sends what is due to every target that has nothing under way. What fails is tried with the next beat.
  func pump() {
    guard !state.withLock({ $0.isStopped }), let webhooks = try? all() else { return }
    for one in webhooks where one.webhook.gone == nil {
      guard !state.withLock({ $0.busy.contains(one.webhook.id) }),
        let (delivery, body) = try? store.dueDelivery(to: one.webhook.id, at: clock.now)
      else { continue }
      _ = state.withLock { $0.busy.insert(one.webhook.id) }
      DispatchQueue(label: "webhook").async { [self] in
        let answer = sent(WebhookMessage(id: delivery.message, body: body), to: one)
        store.queue.async { [self] in finished(delivery, answer) }
      }
    }
  }

  private func finished(
    _ delivery: WebhookDelivery, _ answer: Result<WebhookSender.Answer, WebhookSender.Fault>
  ) {
    let isStopped = state.withLock { state in
      state.busy.remove(delivery.webhook)
      return state.isStopped
    }
    guard !isStopped else { return }
    let now = clock.now
    let outcome = outcome(of: answer, attempt: delivery.attempts + 1, at: now)
    do throws(StoreError) { try store.finish(delivery, outcome, at: now) } catch { return }
    if case .gone = outcome { changed() } else { pump() }
  }

  /// Removes keys that do not sign any more.
  func removeOldKeys() {
    try? store.removeOldWebhookKeys(now: clock.now)
    changed()
  }

  /// What an answer means (Standard Webhooks, "Delivery success and failure").
  func outcome(
    of answer: Result<WebhookSender.Answer, WebhookSender.Fault>, attempt: Int, at now: Timestamp
  ) -> WebhookOutcome {
    var pause: Int64 = 0
    var (status, fault): (Int?, String?)
    switch answer {
    case .success(let answer):
      if (200..<300).contains(answer.status) { return .delivered(status: answer.status) }
      if answer.status == 410 { return .gone }
      if [429, 503].contains(answer.status) { pause = answer.retryAfter ?? 0 }
      (status, fault) = (answer.status, nil)
    case .failure(let reason): (status, fault) = (nil, reason.rawValue)
    }
    guard attempt < Limits.webhookSchedule.count else {
      return .failed(status: status, fault: fault, again: nil)
    }
    let wait = Limits.webhookSchedule[attempt] * 1_000
    let milliseconds = wait + options.jitter(wait / Limits.webhookJitterPart)
    let asked = min(pause, Limits.retryAfterSecondsMax) * 1_000
    return .failed(
      status: status, fault: fault, again: now.adding(milliseconds: max(milliseconds, asked)))
  }

  // Elsewhere ----------------------------------------------------------------------------------------------------------

  /// Sends now, with the keys that sign now.
  private func sent(
    _ message: WebhookMessage, to target: ServiceStore.SigningWebhook
  ) -> Result<WebhookSender.Answer, WebhookSender.Fault> {
    let now = clock.now
    var keys = [target.key]
    if let previous = target.previousKey, let end = target.webhook.previousKeyEnds, now < end {
      keys.append(previous)
    }
    let isNear = target.webhook.isPrivate && options.allowsNear
    return options.send(message, target.webhook.url, isNear ? .worldAndNear : .world, now, keys)
  }

  /// Sends an event of no meaning and tells the answer, on the queue; `false` where one is on its way already.
  func test(
    _ target: ServiceStore.SigningWebhook,
    _ told: @escaping @Sendable (Result<WebhookSender.Answer, WebhookSender.Fault>) -> Void
  ) -> Bool {
    let id = target.webhook.id
    guard state.withLock({ $0.tested.insert(id).inserted }) else { return false }
    let body = ServiceStore.webhookBody("webhook.test", at: clock.now, data: "{\"webhook\":\"\(id)\"}")
    let message = WebhookMessage(
      id: "test_\(Hex.encode(SecureRandom.bytes(8)) as String)", body: Array(body.utf8))
    DispatchQueue(label: "webhook").async { [self] in
      let answer = sent(message, to: target)
      store.queue.async { [self] in
        state.withLock { _ = $0.tested.remove(id) }
        if case .success(let answer) = answer, (200..<300).contains(answer.status),
          target.webhook.gone != nil
        {
          try? store.revive(id)
          changed()
        }
        told(answer)
      }
    }
    return true
  }
}
