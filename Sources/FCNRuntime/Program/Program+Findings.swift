/// What the outputs say of a picture.
extension Program {
  /// The outputs that the author of the network names.
  var shownOutputs: [Int] { network.outputs.indices.filter { network.outputs[$0].role == .answer } }

  /// What is found in the map of an output that has an answer; nil for one that is a map itself.
  /// - Throws: where a number is NaN or infinite, or memory is short.
  func found(inOutput index: Int, for source: Source, _ options: Options) throws(RuntimeFailure) -> Found? {
    let output = output(index)
    guard let answer = output.answer else { return nil }
    let map = try planarArray(ofOutput: index, for: source)
    let counts = counted(ofOutput: index, for: source, options)
    switch answer.method {
    case .sum(let scale): return .numbers(map.sums(counts: counts).map { $0 * scale })
    case .mean(let scale):
      let count = Double(counts.count(height: map.height, width: map.width))
      return .numbers(map.sums(counts: counts).map { $0 / count * scale })
    case .components(let rule):
      var further: [PlanarArray] = []
      for place in answer.furtherMaps { further.append(try planarArray(ofOutput: place, for: source)) }
      return .components(
        try Components(
          map, rule, ignored: output.classes?.ignored, mask: rule.grows ? further.first : nil,
          score: rule.hasScore ? further.last : nil))
    case .peaks(let rule): return .points(try Peaks.find(in: map, rule))
    case .softArgMax(let beta): return .points(map.softArgMax(beta: beta, counts: counts))
    }
  }

  /// The findings of an output.
  /// - Parameter found: what was found in its map.
  func findings(
    ofOutput index: Int, _ found: Found?, for source: Source, _ options: Options
  ) throws(RuntimeFailure) -> Findings {
    let output = output(index)
    var places = coordinates(ofOutput: index, for: source)
    if options.tellsStoredPlaces, let picture = source.picture { places.orientation = picture.orientation }
    let counts = counted(ofOutput: index, for: source, options)
    var findings = Findings(output.name)
    switch found {
    case .numbers(let numbers): findings.add(numbers: numbers, of: output)
    case .points(let points):
      findings.add(points: points.filter { counts.contains(row: $0.row, column: $0.column) }, of: output, places)
    case .components(let components):
      let kept = components.regions.indices.filter {
        counts.contains(row: components.regions[$0].row, column: components.regions[$0].column)
      }
      findings.add(components, kept, of: output, places, pictureArea: source.pictureArea)
    case nil: try findings.add(planarArray(ofOutput: index, for: source), of: output, counts, places)
    }
    return findings
  }

  /// The numbers of an output that belong to the picture, all finite.
  func planarArray(ofOutput index: Int, for source: Source) throws(RuntimeFailure) -> PlanarArray {
    let array = try PlanarArray(reading: rows(ofOutput: index, for: source))
    if let place = array.firstNotFinite() {
      throw RuntimeFailure(
        "output \(network.outputs[index].name) holds \(place)", help: "write it as .npy to look at the numbers")
    }
    return array
  }

  /// Where the positions of an output that belong to the picture lie in it.
  func coordinates(ofOutput index: Int, for source: Source) -> PictureCoordinates {
    let count = network.outputSize(index, height: source.size.height, width: source.size.width)
    let kept = kept(ofOutput: index, for: source.size)
    let sizes = network.sizes
    return PictureCoordinates(
      rows: AxisCoordinates(
        sizes.rows.outputs[index].places, count: count.height, first: kept.rows.lowerBound, axis: source.size.rows,
        length: source.picture?.height ?? source.size.rows.given),
      columns: AxisCoordinates(
        sizes.columns.outputs[index].places, count: count.width, first: kept.columns.lowerBound,
        axis: source.size.columns, length: source.picture?.width ?? source.size.columns.given))
  }

  /// The positions of an output that are counted: all, or those that have seen no edge of the picture.
  func counted(ofOutput index: Int, for source: Source, _ options: Options) -> CountedPositions {
    options.excludesBorder ? untouched(ofOutput: index, for: source) : CountedPositions()
  }

  /// 1 for the positions of an output, those that belong to the picture, that have seen an edge of it, 0 for the others.
  func borderMask(ofOutput index: Int, for source: Source) throws(RuntimeFailure) -> PlanarArray {
    let kept = kept(ofOutput: index, for: source.size)
    let untouched = untouched(ofOutput: index, for: source)
    let mask = try PlanarArray(channels: 1, height: kept.rows.count, width: kept.columns.count)
    for row in 0..<mask.height {
      for column in 0..<mask.width {
        mask[0, row, column] = untouched.row(row) && untouched.column(column) ? 0 : 1
      }
    }
    return mask
  }

  /// The positions of an output, those that belong to the picture, that have seen no edge of it.
  func untouched(ofOutput index: Int, for source: Source) -> CountedPositions {
    let count = network.outputSize(index, height: source.size.height, width: source.size.width)
    let kept = kept(ofOutput: index, for: source.size)
    let (rows, columns) = (network.sizes.rows.outputs[index], network.sizes.columns.outputs[index])
    return CountedPositions(
      rows: Array(
        rows.edges.isUntouched(count: count.height, places: rows.places, axis: source.size.rows)[kept.rows]),
      columns: Array(
        columns.edges.isUntouched(count: count.width, places: columns.places, axis: source.size.columns)[kept.columns])
    )
  }
}

extension Source {
  /// Pixels of the picture, or numbers of a channel where there is none.
  var pictureArea: Double {
    picture.map { Double($0.height) * Double($0.width) } ?? Double(size.rows.given) * Double(size.columns.given)
  }
}
