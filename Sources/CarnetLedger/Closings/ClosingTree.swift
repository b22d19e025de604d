public import CarnetNotes

/// The sum trees of a closing: every account of a currency is a leaf of one of its two trees, under a blind that only
/// whoever has the closing's secret can make.
///
/// Salts, order and padding follow from the secret, so a tree can be made again for as long as the secret is kept, and
/// nothing of it has to be stored.
public struct ClosingTree: Sendable {
  /// Whose balance stands where.
  private struct Leaf {
    let account: AccountName?
    let value: Int64
    let salt: Digest
  }

  private struct Tree: Sendable {
    let currency: CurrencyCode
    let sign: BalanceSign
    let rows: [[SumTree.Node]]
    /// Places of the accounts.
    let places: [AccountName: Place]

    var total: ClosingTotal {
      let root = rows[rows.count - 1][0]
      return ClosingTotal(
        currency: currency, sign: sign, leaves: UInt64(rows[0].count), total: root.sum, root: root.hash)
    }
  }

  private struct Place: Sendable {
    let index: Int
    let value: Int64
    let salt: Digest
  }

  private let origin: Origin
  private let cutoff: UInt64
  private let trees: [Tree]

  /// Builds the trees of all currencies.
  ///
  /// - Parameter secret: 32 bytes that nobody but the ledger knows, others for each ledger.
  /// - Parameter balances: those of every account behind the cutoff; `circulation` and euros are passed over.
  /// - Throws: ``Refusal/overflow`` where a sum is above 2⁶³ − 1.
  public init(
    origin: Origin, cutoff: UInt64, secret: Digest, balances: [(AccountID, Int64)]
  ) throws(Refusal) {
    (self.origin, self.cutoff) = (origin, cutoff)
    let source = ClosingSecret(secret, origin: origin, cutoff: cutoff)
    var groups: [CurrencyCode: [BalanceSign: [(AccountName, Int64)]]] = [:]
    for (account, balance) in balances
    where account.currency != .euro && account.name != .system(.circulation) {
      groups[account.currency, default: [:]][balance < 0 ? .minus : .plus, default: []]
        .append((account.name, abs(balance)))
    }
    var trees: [Tree] = []
    for currency in groups.keys.sorted() {
      for sign in BalanceSign.allCases {
        guard let members = groups[currency]?[sign] else { continue }
        trees.append(try ClosingTree.tree(of: members, currency, sign, source, origin, cutoff))
      }
    }
    self.trees = trees
  }

  private static func tree(
    of accounts: [(AccountName, Int64)], _ currency: CurrencyCode, _ sign: BalanceSign,
    _ source: ClosingSecret, _ origin: Origin, _ cutoff: UInt64
  ) throws(Refusal) -> Tree {
    var leaves = accounts.map { name, value in
      Leaf(account: name, value: value, salt: source.digest("salt", currency, sign, name.description))
    }
    let width = accounts.count <= 1 ? 1 : 1 << (Int.bitWidth - (accounts.count - 1).leadingZeroBitCount)
    for index in accounts.count..<width {
      leaves.append(Leaf(account: nil, value: 0, salt: source.digest("fill", currency, sign, "\(index)")))
    }
    // By a hash that nobody else can make: the order says nothing about the accounts.
    let order = leaves.map { source.digest("order", currency, sign, $0.salt.hex) }
    let sorted = order.indices.sorted { order[$0] < order[$1] }.map { leaves[$0] }
    var nodes: [SumTree.Node] = []
    var places: [AccountName: Place] = [:]
    for (index, leaf) in sorted.enumerated() {
      let blind = leaf.account.map {
        ClosingProof.blind(origin: origin, cutoff: cutoff, account: $0, salt: leaf.salt)
      }
      guard let node = SumTree.leaf(value: leaf.value, blind: blind ?? leaf.salt) else { throw .overflow }
      nodes.append(node)
      if let account = leaf.account {
        places[account] = Place(index: index, value: leaf.value, salt: leaf.salt)
      }
    }
    guard let rows = SumTree.rows(over: nodes) else { throw .overflow }
    return Tree(currency: currency, sign: sign, rows: rows, places: places)
  }

  /// What a closing says of the trees, in its order.
  public var totals: [ClosingTotal] { trees.map(\.total) }

  /// The proof that an account's balance is counted in the closing whose receipt this is; `nil` for an account that was
  /// never posted to by then.
  public func proof(of account: AccountID, closing receipt: Receipt) -> ClosingProof? {
    for tree in trees where tree.currency == account.currency {
      guard let place = tree.places[account.name] else { continue }
      return ClosingProof(
        ledger: origin, cutoff: cutoff, account: account, sign: tree.sign, value: place.value,
        salt: place.salt,
        index: UInt64(place.index), path: SumTree.path(of: place.index, in: tree.rows), receipt: receipt)
    }
    return nil
  }
}

/// Whatever a closing needs that nobody can guess: hashes of the secret, the ledger, the cutoff and words.
private struct ClosingSecret {
  private let key: Digest

  init(_ secret: Digest, origin: Origin, cutoff: UInt64) {
    var builder = DigestBuilder()
    builder.append("carnet.closing/v1\n\(origin)\n\(cutoff)\n")
    builder.append(secret)
    key = builder.digest()
  }

  func digest(_ use: String, _ currency: CurrencyCode, _ sign: BalanceSign, _ what: String) -> Digest {
    var builder = DigestBuilder()
    builder.append(key)
    builder.append("\(use)\n\(currency)\n\(sign.rawValue)\n\(what)\n")
    return builder.digest()
  }
}
