/// Large numbers for people.
enum DecimalText {
  /// Three digits with a power of ten in words: `1.23 billion`.
  static func short(_ number: Double) -> String {
    let units: [(Double, String)] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")]
    guard let (unit, word) = units.first(where: { number >= $0.0 }) else {
      return number < 1e6 ? "\(Int(number))" : "\(number)"
    }
    let scaled = (number / unit * 100).rounded() / 100
    return "\(scaled == scaled.rounded() && scaled < 1e15 ? "\(Int(scaled))" : "\(scaled)")\(word)"
  }
}
