import FCNCore

/// A minimal filtering algorithm F(m, r): m results of an r-tap convolution along one axis from m + r - 1 products.
///
/// Y = A^T ((G g) * (B^T d)), by interpolation at symmetric points 0, +-p, +-q ... and infinity (Toom-Cook). Which
/// points decides the rounding error: 0, +-1/sqrt 2, +-sqrt 2 lose a fourth to a third of what the usual 0, +-1, +-2 do.
/// Source: A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2016; B. Barabasz et al., "Error
/// Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks", 2020.
struct WinogradTransform: Hashable, Sendable {
  /// Results of a tile along the axis.
  let results: Int
  /// Taps of the kernel along the axis.
  let taps: Int
  /// The positive points; each stands for itself and its negative.
  let points: [Double]

  /// - Returns: nil for sizes without points: m + r - 1 is 4, 6 or 8.
  init?(results: Int, taps: Int) {
    self.results = results
    self.taps = taps
    switch results + taps - 1 {
    case 4: points = [1]
    case 6: points = [Double(0.5).squareRoot(), Double(2).squareRoot()]
    case 8: points = [0.5, 1, 2]
    default: return nil
    }
  }

  /// Products along the axis: the numbers of input that a tile reads.
  var size: Int { results + taps - 1 }

  private var signedPoints: [Double] { [0] + points.flatMap { [$0, -$0] } }

  /// G: the transform of the taps, a row for each product.
  var ofTaps: [[Double]] {
    let all = signedPoints
    return all.map { point in
      let divisor = all.filter { $0 != point }.reduce(1) { $0 * (point - $1) }
      return (0..<taps).map { power(point, $0) / divisor }
    } + [(0..<taps).map { $0 == taps - 1 ? 1 : 0 }]
  }

  /// B^T: a row for each product, a number for each number of input.
  var ofInput: [[Double]] {
    // With (x - p)(x + p) as one factor the coefficients that cancel are exactly zero.
    func squares(without skipped: Int?) -> [Double] {
      points.indices.filter { $0 != skipped }.reduce([1]) { multiply($0, [-points[$1] * points[$1], 0, 1]) }
    }
    var rows = [squares(without: nil) + [0]]
    for (index, point) in points.enumerated() {
      for sign in [point, -point] { rows.append(multiply(squares(without: index), [0, sign, 1]) + [0]) }
    }
    return rows + [multiply(squares(without: nil), [0, 1])]
  }

  /// A^T: a row for each result, a number for each product.
  var ofProducts: [[Double]] {
    (0..<results).map { row in signedPoints.map { power($0, row) } + [row == results - 1 ? 1 : 0] }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { result, _ in result * base }
  }

  /// The product of two polynomials, the lowest coefficients first.
  private func multiply(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: a.count + b.count - 1)
    for (i, x) in a.enumerated() {
      for (j, y) in b.enumerated() { result[i + j] += x * y }
    }
    return result
  }

  // MARK: Statements

  /// Writes B^T d: rows of a point and its negative share their even and their odd part.
  func emitInput(_ d: [String], into writer: inout SwiftWriter, target: Target) -> [String] {
    let matrix = ofInput
    let n = target.suffix
    var result = [linear(matrix[0], d, into: &writer, target: target)]
    for pair in points.indices {
      let row = matrix[1 + 2 * pair]
      // The polynomial of -p is that of p mirrored: odd coefficients change their sign.
      let shared = row.indices.map { $0.isMultiple(of: 2) ? row[$0] : 0 }
      let opposed = row.indices.map { $0.isMultiple(of: 2) ? 0 : row[$0] }
      let scale = opposed.last { $0 != 0 } ?? 1
      let even = linear(shared, d, into: &writer, target: target)
      let odd = linear(opposed.map { $0 / scale }, d, into: &writer, target: target)
      if scale == 1 {
        result.append(writer.define("v", target.vector, "fcn_add\(n)(\(even), \(odd))"))
        result.append(writer.define("v", target.vector, "fcn_subtract\(n)(\(even), \(odd))"))
      } else {
        for factor in [scale, -scale] {
          let constant = splat(factor, into: &writer, target: target)
          result.append(writer.define("v", target.vector, "fcn_fma\(n)(\(constant), \(odd), \(even))"))
        }
      }
    }
    return result + [linear(matrix[size - 1], d, into: &writer, target: target)]
  }

  /// Writes A^T m: the products of a point and its negative are added and subtracted once.
  func emitOutput(_ m: [String], into writer: inout SwiftWriter, target: Target) -> [String] {
    let n = target.suffix
    var sums: [String] = []
    var differences: [String] = []
    for pair in points.indices {
      let (a, b) = (m[1 + 2 * pair], m[2 + 2 * pair])
      sums.append(writer.define("v", target.vector, "fcn_add\(n)(\(a), \(b))"))
      if results > 1 { differences.append(writer.define("v", target.vector, "fcn_subtract\(n)(\(a), \(b))")) }
    }
    return (0..<results).map { row in
      let parts = row.isMultiple(of: 2) ? sums : differences
      var factors = points.map { power($0, row) }
      var terms = parts
      if row == 0 {
        factors.append(1)
        terms.append(m[0])
      }
      if row == results - 1 {
        factors.append(1)
        terms.append(m[size - 1])
      }
      return linear(factors, terms, into: &writer, target: target)
    }
  }

  /// The sum of `factors[i] * terms[i]`, beginning with terms whose factor is one.
  private func linear(
    _ factors: [Double], _ terms: [String], into writer: inout SwiftWriter, target: Target
  ) -> String {
    let n = target.suffix
    let present = zip(factors, terms).filter { $0.0 != 0 }
    let ones = present.filter { $0.0 == 1 }
    let others = present.filter { $0.0 != 1 }
    var sum = ones.first?.1
    for term in ones.dropFirst() {
      sum = writer.define("v", target.vector, "fcn_add\(n)(\(sum ?? ""), \(term.1))")
    }
    for (factor, term) in others {
      guard let before = sum else {
        let constant = splat(factor, into: &writer, target: target)
        sum = writer.define("v", target.vector, "fcn_multiply\(n)(\(constant), \(term))")
        continue
      }
      if factor == -1 {
        sum = writer.define("v", target.vector, "fcn_subtract\(n)(\(before), \(term))")
      } else {
        let constant = splat(factor, into: &writer, target: target)
        sum = writer.define("v", target.vector, "fcn_fma\(n)(\(constant), \(term), \(before))")
      }
    }
    return sum ?? writer.define("v", target.vector, "fcn_splat\(n)(0.0)")
  }

  private func splat(_ number: Double, into writer: inout SwiftWriter, target: Target) -> String {
    writer.define("c", target.vector, "fcn_splat\(target.suffix)(\(Float(number)))")
  }
}
