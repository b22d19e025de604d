public import CarnetLedger
import CarnetNotes
import Synchronization

/// The secrets that blind the balances of closings, made from the ledger's keys and held as long as they are.
struct ClosingSecrets: Sendable {
  private var byKey: [PublicKey: Digest] = [:]

  init(_ secrets: LedgerSecrets) {
    for key in secrets.keys {
      var builder = DigestBuilder()
      builder.append("carnet.closing/v1\n")
      unsafe key.withSeed { seed in unsafe builder.append(Array(seed)) }
      byKey[key.publicKey] = builder.digest()
    }
  }

  subscript(key: PublicKey) -> Digest? { byKey[key] }
}

extension Journal {
  /// Every cutoff, the oldest first.
  public var cutoffs: [Cutoff] {
    read { $0.cutoffs.values.sorted { $0.number < $1.number } }
  }

  /// The sum trees of a cutoff, made from the balances behind it; `nil` where there is no such cutoff.
  ///
  /// The newest trees are kept, since members ask for their proofs one after the other.
  /// - Throws: ``StoreError/keyMissing`` where the key that was in force at the cutoff is not at hand.
  public func closingTree(of number: UInt64) throws(StoreError) -> ClosingTree? {
    let (cutoff, origin, key) = read { state in
      let cutoff = state.cutoffs[number]
      return (cutoff, state.origin, state.ledgerKeys.current(at: cutoff?.time ?? state.time))
    }
    guard let cutoff else { return nil }
    if let known = newestTree.withLock({ $0?.cutoff == number ? $0?.tree : nil }) { return known }
    guard let secret = closingSecrets?[key] else { throw .keyMissing }
    let balances = try balances(behind: number + 1)
    let tree: ClosingTree
    do throws(Refusal) {
      tree = try ClosingTree(origin: origin, cutoff: number, secret: secret, balances: balances)
    } catch { throw .damaged("cutoff \(number)") }
    for total in tree.totals {
      guard let sums = cutoff.sums.first(where: { $0.currency == total.currency }),
        sums.total(total.sign) == total.total
      else { throw .damaged("cutoff \(number)") }
    }
    newestTree.withLock { $0 = (number, tree) }
    return tree
  }

  /// The balances of all accounts behind the first `size` records, those not posted to by then left out.
  private func balances(behind size: UInt64) throws(StoreError) -> [(AccountID, Int64)] {
    let rows = committed.withLock { committed in
      committed.accounts.rows.map { ($0.account, $0.entry) }
    }
    return try readers.read { log throws(StoreError) in
      var balances: [(AccountID, Int64)] = []
      for (account, newest) in rows {
        guard let entry = try AccountHistory(log: log, newest: newest).entry(below: size) else { continue }
        balances.append((account, entry.balance))
      }
      return balances
    }
  }

  /// The proof that a balance is counted in the closing of a cutoff; `nil` where it is not closed, or the account had not
  /// been posted to by then.
  public func closingProof(of account: AccountID, cutoff number: UInt64) throws(StoreError) -> ClosingProof? {
    guard let closing = read({ $0.cutoffs[number]?.closedIn }), let receipt = try receipt(of: closing) else {
      return nil
    }
    return try closingTree(of: number)?.proof(of: account, closing: receipt)
  }
}
