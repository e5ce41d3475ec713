import FCNCore

extension Pad: AlternativeStage {
  /// Another border, or the sides in PyTorch's order.
  public var alternatives: [Alternative] {
    let words: [(Border, String)] = [(.zero, "zero"), (.replicate, "replicate"), (.reflect, "reflect")]
    let borders = words.filter { $0.0 != border }.map { border, word in
      var other = self
      other.border = border
      return Alternative("with `mode: \(word)`", other)
    }
    let sides: [(text: String, amount: (top: Int, left: Int, bottom: Int, right: Int))] = [
      (
        "with the four amounts as left, right, top, bottom (PyTorch)",
        (amount.bottom, amount.top, amount.right, amount.left)
      ),
      ("with the amounts before and after exchanged", (amount.bottom, amount.right, amount.top, amount.left)),
    ]
    return borders
      + sides.filter { $0.amount != amount }.map {
        var other = self
        other.amount = $0.amount
        return Alternative($0.text, other)
      }
  }
}
