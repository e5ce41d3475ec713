/// A sum of products of a height, a width and a number, such as the multiply-adds of a network: exact for every image
/// size.
public struct SizePolynomial: Sendable {
  private struct Area: Hashable {
    var height: Extent
    var width: Extent
  }

  private var coefficients: [Area: Int] = [:]
  private var order: [Area] = []

  public init() {}

  /// Adds `coefficient * height * width`.
  public mutating func add(_ coefficient: Int, height: Extent, width: Extent) {
    guard coefficient != 0 else { return }
    let area = Area(height: height, width: width)
    if coefficients[area] == nil { order.append(area) }
    // A sum that leaves 64 bits stays at the greatest number: no computer does as much.
    let (sum, overflow) = coefficients[area, default: 0].addingReportingOverflow(coefficient)
    coefficients[area] = overflow ? .max : sum
  }

  /// The value for an image size; nil where a size is undefined.
  public func callAsFunction(_ height: Int, _ width: Int) -> Double? {
    var sum = 0.0
    for (area, coefficient) in coefficients {
      guard let rows = area.height(height), let columns = area.width(width) else { return nil }
      sum += Double(coefficient) * Double(rows) * Double(columns)
    }
    return sum
  }

  /// `1728·H·W + 36864·ceil(H/2)·ceil(W/2)`, in the order in which the terms came.
  public var description: String {
    var terms: [(text: String, coefficient: Int)] = []
    for area in order {
      var coefficient = coefficients[area] ?? 0
      var factors: [String] = []
      for formula in [area.height.formula(of: "H"), area.width.formula(of: "W")] where formula != "1" {
        let (number, factor) = Self.split(formula)
        coefficient = coefficient.multipliedReportingOverflow(by: number).partialValue
        factors.append(factor)
      }
      let text = factors.joined(separator: "·")
      // Different extents may have one formula where they are defined for different sizes.
      if let index = terms.firstIndex(where: { $0.text == text }) {
        terms[index].coefficient = terms[index].coefficient.addingReportingOverflow(coefficient).partialValue
      } else {
        terms.append((text, coefficient))
      }
    }
    if terms.isEmpty { return "0" }
    return terms.map { $0.text.isEmpty ? "\($0.coefficient)" : "\($0.coefficient)·\($0.text)" }.joined(separator: " + ")
  }

  /// A formula as a number times a factor, in parentheses where it is a sum or a quotient.
  private static func split(_ formula: String) -> (number: Int, factor: String) {
    if isFactor(formula) { return (1, formula) }
    let parts = formula.split(separator: "·", maxSplits: 1).map(String.init)
    if parts.count == 2, let number = Int(parts[0]), isFactor(parts[1]) { return (number, parts[1]) }
    return (1, "(\(formula))")
  }

  /// True for a letter, or one pair of parentheses with a word before it.
  private static func isFactor(_ text: String) -> Bool {
    var depth = 0
    for (position, character) in text.enumerated() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, character == ")", position != text.count - 1 { return false }
      if depth == 0, " ·/".contains(character) { return false }
    }
    return true
  }
}
