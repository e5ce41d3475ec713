import FCNRuntime

extension Graph {
  /// A name for every value that no other value has. It is the value's own; of several values of one name, as those of a
  /// definition that is used twice or of a repeat, the second and later ones have a number behind it: `y`, `y_2`, `y_3`.
  /// Names that the author gave come before names made from stages.
  public var uniqueNames: [String] {
    var counts: [String: Int] = [:]
    var taken = Set(values.map(\.name))
    var names = values.map(\.name)
    let named = values.indices.filter { values[$0].isNamed }
    for id in named + values.indices.filter({ !values[$0].isNamed }) {
      let name = values[id].name
      var count = counts[name, default: 0] + 1
      if count > 1 {
        while !taken.insert("\(name)_\(count)").inserted { count += 1 }
        names[id] = "\(name)_\(count)"
      }
      counts[name] = count
    }
    return names
  }

  /// The values that the author named and that exist for every accepted size: the inputs, and what some output depends
  /// on.
  public var namedValues: [ValueID] {
    let isLive = liveNodes
    let live = inputs.map(\.value) + nodes.indices.filter { isLive[$0] }.flatMap { nodes[$0].outputs }
    return live.filter { values[$0].isNamed }
  }

  /// The graph with its named values as further outputs, behind those it has, so that passes keep them as the author
  /// wrote them.
  public func showingNamedValues() -> Graph {
    let names = uniqueNames
    var result = self
    result.outputs += namedValues.map { id in
      Output(
        value: id, description: OutputDescription(name: names[id], channels: values[id].type.channels, kind: .raw),
        range: values[id].range)
    }
    return result
  }
}
