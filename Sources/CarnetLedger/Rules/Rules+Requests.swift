import CarnetNotes

extension LedgerState {
  /// `request`: nothing moves; from now on a payment can name it.
  func effect(of request: PaymentRequest, in context: RuleContext) throws(Refusal) -> Effect {
    try checkActive(try known(context.signer))
    guard currency(request.currency) != nil else { throw .currencyMismatch(request.currency) }
    return Effect(changes: [
      .requested(
        RecordedRequest(
          record: context.number, id: context.id, payee: context.signer, currency: request.currency,
          amount: request.amount, until: context.text.until))
    ])
  }

  /// `cancel`: a request of the signer's own that is still open.
  func effect(of cancellation: Cancellation, in context: RuleContext) throws(Refusal) -> Effect {
    try checkActive(try known(context.signer))
    let request = try open(context.facts.request, at: context.time)
    guard request.payee == context.signer else { throw .requestDiffers }
    return Effect(changes: [.requestCancelled(request: request.record, in: context.number)])
  }

  /// The request that a payment names, where the payment is the one it asks for.
  func payable(
    _ request: RecordedRequest?, by payment: Payment, at time: Timestamp
  ) throws(Refusal) -> RecordedRequest {
    let request = try open(request, at: time)
    guard payment.to == .member(request.payee), payment.currency == request.currency,
      payment.amount == request.amount
    else { throw .requestDiffers }
    return request
  }

  /// A request that may still be paid.
  private func open(_ request: RecordedRequest?, at time: Timestamp) throws(Refusal) -> RecordedRequest {
    guard let request else { throw .unknownRequest }
    guard request.cancelledIn == nil else { throw .requestCancelled }
    guard !request.isExpired(at: time) else { throw .requestExpired }
    guard request.paidIn == nil else { throw .requestPaid }
    return request
  }
}
