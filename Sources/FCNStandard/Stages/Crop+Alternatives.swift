import FCNCore

extension Crop: AlternativeStage {
  /// The part from the other place.
  public var alternatives: [Alternative] {
    func placed(_ text: String, _ placement: Placement) -> Alternative {
      var other = self
      other.placement = placement
      return Alternative(text, other)
    }
    switch placement {
    case .sides(let top, let left, let bottom, let right):
      guard (top, left) != (bottom, right) else { return [] }
      return [
        placed(
          "with the amounts before and after exchanged", .sides(top: bottom, left: right, bottom: top, right: left))
      ]
    case .offset(let size, let rows, let columns):
      let corner = (rows, columns) == (0, 0) ? [] : [placed("with `offset: 0`", .offset(size, rows: 0, columns: 0))]
      return corner + [placed("with `center: true`", .centre(size))]
    case .centre(let size), .aligned(let size):
      return [
        placed("with `offset: 0`", .offset(size, rows: 0, columns: 0)),
        Alternative("with the odd pixel cut off before in place of after") { computed in
          let inputs = computed.inputs
          let (height, width) = size.size(of: inputs)
          var other = self
          other.placement = .offset(
            size, rows: (inputs[0].height - height + 1) / 2, columns: (inputs[0].width - width + 1) / 2)
          return other.outputs(for: inputs, weights: [])
        },
      ]
    }
  }
}
