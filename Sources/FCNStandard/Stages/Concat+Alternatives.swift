import FCNCore

extension Concat: AlternativeStage {
  /// The values in another order.
  public var alternatives: [Alternative] {
    let orders = (2...4).flatMap { count in Self.orders(of: count).dropFirst().map { (count, $0) } }
    let few = orders.map { count, order in
      let places = order.map { String($0 + 1) }.joined(separator: ", ")
      return Alternative(
        count == 2 ? "with the two values in the other order" : "with the values in the order \(places)"
      ) { computed in
        guard computed.inputs.count == count else { return nil }
        return outputs(for: order.map { computed.inputs[$0] }, weights: [])
      }
    }
    return few + [
      Alternative("with the values in reverse order") {
        $0.inputs.count > 4 ? outputs(for: $0.inputs.reversed(), weights: []) : nil
      }
    ]
  }

  /// Every order of so many things, the one that they have first.
  private static func orders(of count: Int) -> [[Int]] {
    (1..<count).reduce([[0]]) { orders, next in
      (0...next).flatMap { back in
        orders.map { order in
          var longer = order
          longer.insert(next, at: next - back)
          return longer
        }
      }
    }
  }
}
