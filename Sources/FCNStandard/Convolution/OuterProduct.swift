import FCNCore

/// The innermost step of a convolution: every accumulator of a tile gains the product of its row's factor and its
/// column's input.
struct OuterProduct {
  /// Accumulator variables, rows of columns.
  let accumulators: [[String]]
  let target: Target

  /// The fewer of factors and inputs stay in registers while the others come one by one: a tile then needs the registers
  /// of its accumulators, of its shorter side, and one more.
  func emit(
    into writer: inout SwiftWriter, factor: (Int) -> String, input: (Int) -> String
  ) {
    let rows = accumulators.indices
    let columns = accumulators[0].indices
    let load = { (writer: inout SwiftWriter, text: String) in writer.define("v", target.vector, text) }
    let multiplyAdd = { (writer: inout SwiftWriter, row: Int, column: Int, factor: String, input: String) in
      let sum = accumulators[row][column]
      writer.assign(sum, "fcn_fma\(target.suffix)(\(factor), \(input), \(sum))")
    }
    if rows.count < columns.count {
      let factors = rows.map { load(&writer, factor($0)) }
      for column in columns {
        let value = load(&writer, input(column))
        for row in rows { multiplyAdd(&writer, row, column, factors[row], value) }
      }
    } else {
      let inputs = columns.map { load(&writer, input($0)) }
      for row in rows {
        let value = load(&writer, factor(row))
        for column in columns { multiplyAdd(&writer, row, column, value, inputs[column]) }
      }
    }
  }
}
