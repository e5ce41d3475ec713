import CFCNRuntime

extension PlanarArray {
  /// The sum of each channel over the positions that count, in 64 bits, row by row.
  /// - Parameter counts: whether a position counts; nil where all do.
  func sums(counts: CountedPositions) -> [Double] {
    (0..<channels).map { channel in
      var sum = 0.0
      for row in 0..<height where counts.row(row) {
        let line = self.row(row, channel: channel)
        for column in 0..<width where counts.column(column) { sum += Double(line[column]) }
      }
      return sum
    }
  }

  /// One point a channel: the mean of the positions that count, weighed with `exp(beta * (number - greatest))`; its
  /// score is the greatest number. Sums are in 64 bits, row by row.
  func softArgMax(beta: Double, counts: CountedPositions) -> [MapPoint] {
    (0..<channels).map { channel in
      var greatest = -Float.infinity
      for row in 0..<height where counts.row(row) {
        let line = self.row(row, channel: channel)
        for column in 0..<width where counts.column(column) { greatest = max(greatest, line[column]) }
      }
      var (sum, rows, columns) = (0.0, 0.0, 0.0)
      for row in 0..<height where counts.row(row) {
        let line = self.row(row, channel: channel)
        for column in 0..<width where counts.column(column) {
          let weight = fcn_exponential(beta * (Double(line[column]) - Double(greatest)))
          sum += weight
          rows += weight * Double(row)
          columns += weight * Double(column)
        }
      }
      return MapPoint(
        row: sum > 0 ? rows / sum : .nan, column: sum > 0 ? columns / sum : .nan, score: greatest, channel: channel)
    }
  }
}

/// Which positions of a map count: those of some rows and some columns.
struct CountedPositions {
  private let rows: [Bool]
  private let columns: [Bool]

  /// All positions.
  init() { (rows, columns) = ([], []) }

  /// - Parameters: for each row and each column of the map whether its positions count.
  init(rows: [Bool], columns: [Bool]) {
    self.rows = rows
    self.columns = columns
  }

  func row(_ row: Int) -> Bool { rows.isEmpty || rows[row] }
  func column(_ column: Int) -> Bool { columns.isEmpty || columns[column] }

  func contains(row: Double, column: Double) -> Bool {
    rows.isEmpty || columns.isEmpty
      || self.row(min(max(Int(row.rounded()), 0), rows.count - 1))
        && self.column(min(max(Int(column.rounded()), 0), columns.count - 1))
  }

  /// How many of a map's positions count.
  func count(height: Int, width: Int) -> Int {
    let counted = (rows.isEmpty ? height : rows.filter { $0 }.count)
    return counted * (columns.isEmpty ? width : columns.filter { $0 }.count)
  }
}
