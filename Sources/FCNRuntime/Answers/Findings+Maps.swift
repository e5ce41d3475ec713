extension Findings {
  /// What is said of a map that is the answer itself: pixels of each class, the sum of a density, means.
  mutating func add(
    _ map: PlanarArray, of output: OutputDescription, _ counts: CountedPositions, _ places: PictureCoordinates
  ) throws(RuntimeFailure) {
    let positions = counts.count(height: map.height, width: map.width)
    switch output.kind {
    case .labels(let classes): add(try map.classCounts(classes, counts), of: classes, positions, places)
    case .logits(let classes) where map.channels > 1:
      add(try map.classCounts(classes, counts), of: classes, positions, places)
    case .density:
      let sums = map.sums(counts: counts)
      if sums.count == 1 { summary.append(ReportField("count", .number(sums[0]))) }
      addChannels(sums, named: "count")
      line = Findings.line(sums)
    case .probability, .logits:
      let means = map.sums(counts: counts).map { $0 / Double(max(positions, 1)) }
      if means.count == 1 { summary.append(ReportField("mean", .number(means[0]))) }
      addChannels(means, named: "mean")
    case .image, .raw:
      summary += [
        ReportField("channels", .integer(map.channels)), ReportField("height", .integer(map.height)),
        ReportField("width", .integer(map.width)),
      ]
    }
  }

  private mutating func add(
    _ pixels: [Int], of classes: Classes, _ positions: Int, _ places: PictureCoordinates
  ) {
    itemsName = "classes"
    columns = ["class", "name", "area", "percent"]
    var shares: [ReportField] = []
    for (index, count) in pixels.enumerated() {
      let label = index < classes.count ? index : classes.ignored ?? index
      let share = (100 * Double(count) / Double(max(positions, 1))).rounded(decimals: 3)
      items.append([
        .integer(label), classes.name(of: label), .number((Double(count) * places.cellArea).rounded(decimals: 3)),
        .number(share),
      ])
      var name = "\(label)"
      if case .text(let text) = classes.name(of: label) { name = text }
      // Of two fields of one name a reader would keep one.
      if shares.contains(where: { $0.name.isSame(as: name) }) { name += " (\(label))" }
      shares.append(ReportField(name, .number(share)))
    }
    summary.append(ReportField("percent", .record(shares)))
  }

  private mutating func addChannels(_ numbers: [Double], named name: String) {
    itemsName = "channels"
    columns = ["channel", name]
    for (channel, number) in numbers.enumerated() { items.append([.integer(channel), .number(number)]) }
  }

  /// Numbers as a line for people.
  static func line(_ numbers: [Double]) -> String { listed(numbers.map { String($0, decimals: 3) }) }
}

extension Classes {
  /// The name of a class in a report.
  func name(of index: Int) -> ReportValue {
    if index == ignored { return .text("ignored") }
    return index < names.count ? .text(names[index]) : .missing
  }
}

extension Double {
  /// The number with at most so many decimals, as reports tell places, areas, shares (3) and scores (6).
  func rounded(decimals: Int) -> Double {
    var unit = 1.0
    for _ in 0..<decimals { unit *= 10 }
    return abs(self) < 1e12 ? (self * unit).rounded() / unit : self
  }
}

extension PlanarArray {
  /// The positions that count of each class, the ignored one last where it lies beyond the others.
  fileprivate func classCounts(_ classes: Classes, _ counts: CountedPositions) throws(RuntimeFailure) -> [Int] {
    let length = max(classes.count, (classes.ignored ?? 0) + 1)
    var pixels = [Int](repeating: 0, count: classes.count)
    var ignored = 0
    for row in 0..<height where counts.row(row) {
      for column in 0..<width where counts.column(column) {
        var label = 0
        if channels == 1 {
          let value = self[0, row, column].rounded()
          guard value >= 0, value < Float(length) else {
            throw RuntimeFailure("the map holds the class \(String(Double(value), decimals: 0)) of \(classes.count)")
          }
          label = Int(value)
        } else {
          for channel in 1..<channels where self[channel, row, column] > self[label, row, column] { label = channel }
        }
        if label < pixels.count { pixels[label] += 1 } else { ignored += 1 }
      }
    }
    return classes.ignored.map { $0 >= classes.count } ?? false ? pixels + [ignored] : pixels
  }
}
