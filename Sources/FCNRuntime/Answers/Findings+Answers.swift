extension Findings {
  /// A sum or mean for every channel.
  mutating func add(numbers: [Double], of output: OutputDescription) {
    var isMean = false
    if case .mean? = output.answer?.method { isMean = true }
    let name = isMean ? "mean" : "count"
    if numbers.count == 1 { summary.append(ReportField(name, .number(numbers[0]))) }
    itemsName = "channels"
    columns = ["channel", "name", name]
    for (channel, number) in numbers.enumerated() {
      items.append([.integer(channel), output.className(channel), .number(number)])
    }
    line = Findings.line(numbers)
  }

  mutating func add(points: [MapPoint], of output: OutputDescription, _ places: PictureCoordinates) {
    summary.append(ReportField("count", .integer(points.count)))
    itemsName = "points"
    columns = ["x", "y", "score", "class", "name"]
    for point in points {
      let place = places.point(row: point.row, column: point.column)
      items.append([
        .number(place.x.rounded(decimals: 3)), .number(place.y.rounded(decimals: 3)),
        .number(Double(point.score).rounded(decimals: 6)), .integer(point.channel),
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
      ReportField("count", .integer(regions.count)), ReportField("area", .number(area.rounded(decimals: 3))),
      ReportField("percent", .number((100 * area / pictureArea).rounded(decimals: 3))),
    ]
    var hasScore = false
    if case .components(let rule)? = output.answer?.method { hasScore = rule.hasScore }
    itemsName = "components"
    columns = ["id", "class", "name", "x", "y", "left", "top", "right", "bottom", "area", "percent"]
    if hasScore { columns.append("score") }
    for (index, region) in zip(kept, regions) {
      let box = places.box(region)
      let middle = places.point(row: region.row, column: region.column)
      let area = Double(region.area) * places.cellArea
      var item: [ReportValue] = [
        .integer(index + 1), .integer(region.label), output.className(region.label),
        .number(middle.x.rounded(decimals: 3)), .number(middle.y.rounded(decimals: 3)), .integer(box.left),
        .integer(box.top), .integer(box.right), .integer(box.bottom), .number(area.rounded(decimals: 3)),
        .number((100 * area / pictureArea).rounded(decimals: 3)),
      ]
      if hasScore { item.append(.number((region.scoreSum / Double(region.area)).rounded(decimals: 6))) }
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
