extension Findings {
  /// A sum or mean for every channel.
  mutating func add(numbers: [Double], of output: OutputDescription) {
    var isMean = false
    if case .mean? = output.answer?.method { isMean = true }
    let name = isMean ? "mean" : "count"
    if numbers.count == 1 { summary.append((name, .number(numbers[0]))) }
    itemsName = "channels"
    columns = ["channel", "name", name]
    for (channel, number) in numbers.enumerated() {
      items.append([.integer(channel), output.className(channel), .number(number)])
    }
    line = Findings.line(numbers)
  }

  mutating func add(points: [MapPoint], of output: OutputDescription, _ places: PictureCoordinates) {
    summary.append(("count", .integer(points.count)))
    itemsName = "points"
    columns = ["x", "y", "score", "class", "name"]
    for point in points {
      items.append([
        .number(places.columns[point.column].roundedToThousandths),
        .number(places.rows[point.row].roundedToThousandths), .number(Double(point.score)), .integer(point.channel),
        output.className(point.channel),
      ])
    }
    line = "\(points.count)"
  }

  /// - Parameter kept: the positions of the regions that are counted.
  mutating func add(
    _ components: Components, _ kept: [Int], of output: OutputDescription, _ places: PictureCoordinates,
    pictureArea: Double
  ) {
    let regions = kept.map { components.regions[$0] }
    let area = regions.reduce(0.0) { $0 + Double($1.area) } * places.cellArea
    summary += [
      ("count", .integer(regions.count)), ("area", .number(area.roundedToThousandths)),
      ("percent", .number((100 * area / pictureArea).roundedToThousandths)),
    ]
    var hasScore = false
    if case .components(let rule)? = output.answer?.method { hasScore = rule.hasScore }
    itemsName = "components"
    columns = ["id", "class", "name", "x", "y", "left", "top", "right", "bottom", "area", "percent"]
    if hasScore { columns.append("score") }
    for (index, region) in zip(kept, regions) {
      let (left, right) = places.columns.pixels(region.left, region.right)
      let (top, bottom) = places.rows.pixels(region.top, region.bottom)
      let area = Double(region.area) * places.cellArea
      var item: [ReportValue] = [
        .integer(index + 1), .integer(region.label), output.className(region.label),
        .number(places.columns[region.column].roundedToThousandths),
        .number(places.rows[region.row].roundedToThousandths), .integer(left), .integer(top), .integer(right),
        .integer(bottom), .number(area.roundedToThousandths),
        .number((100 * area / pictureArea).roundedToThousandths),
      ]
      if hasScore { item.append(.number((region.scoreSum / Double(region.area) * 1e6).rounded() / 1e6)) }
      items.append(item)
    }
    line = "\(regions.count)"
  }
}

extension OutputDescription {
  fileprivate func className(_ index: Int) -> ReportValue {
    switch kind {
    case .labels(let classes), .logits(let classes): classes.name(of: index)
    default: .missing
    }
  }
}
