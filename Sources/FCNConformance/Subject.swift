import FCNCore

/// A use that the stage accepts, with what the stage declares for it.
struct Subject {
  /// How many sizes along an axis a use is tried on: from 1 on, or from the least one.
  static let sizeCount = 20

  let use: Conformance.Use
  let stage: any Stage
  let outputs: [TensorType]
  let requirements: [WeightRequirement]
  let facts: StageFacts

  /// - Throws: where the stage rejects the use.
  init(_ type: any Stage.Type, _ use: Conformance.Use) throws(Rejection) {
    self.use = use
    stage = try type.init(use.checkedArguments(type.signature))
    outputs = try stage.outputTypes(for: use.inputs)
    requirements = stage.weights(for: use.inputs)
    facts = stage.facts(for: use.inputs)
  }

  /// True where the stage may treat the places of an image differently.
  var isFixed: Bool { facts.fixesSize != nil || stage.facts.fixesSize != nil }

  /// True where every weight can be drawn.
  var hasSoundWeights: Bool { requirements.allSatisfy { $0.shape.allSatisfy { $0 > 0 } } }

  // MARK: Sizes

  /// The image sizes along an axis that are looked at, whether defined or not.
  func range(_ axis: Axis) -> Range<Int>? {
    let extents = (use.inputs + outputs).map { $0[keyPath: axis.extent] }
    let domain = try? extents.reduce(Extent.input) { try $0.restricted(toDomainOf: $1) }
    guard let least = domain?.branches.compactMap({ $0?.least }).min() else { return nil }
    let first = least > Self.sizeCount ? least : 1
    return first..<first + Self.sizeCount
  }

  /// Those for which every input and output has a size.
  func sizes(_ axis: Axis) -> [Int] {
    (range(axis) ?? 0..<0).filter { size in
      (use.inputs + outputs).allSatisfy { $0[keyPath: axis.extent](size).map { $0 > 0 } ?? false }
    }
  }

  /// Images that have each of these heights and widths, the two of them different where they can be.
  var images: [ImageSize] {
    let (heights, widths) = (sizes(.rows), sizes(.columns))
    guard !heights.isEmpty, !widths.isEmpty else { return [] }
    return (0..<max(heights.count, widths.count)).map { index in
      ImageSize(
        height: heights[index % heights.count], width: widths[(index + (widths.count / 2 | 1)) % widths.count])
    }
  }

  /// Images of each of these heights with each of these widths.
  private var allImages: [ImageSize] {
    let widths = sizes(.columns)
    return sizes(.rows).flatMap { height in widths.map { ImageSize(height: height, width: $0) } }
  }

  // MARK: Scenes

  /// The use on images of several sizes. Where it fixes the size, its inputs have constant sizes, those that it accepts.
  func scenes(seed: UInt64) -> [Scene] {
    let scenes = images.compactMap { scene($0, seed: seed) }
    guard facts.fixesSize != nil, scenes.count < 4 else { return scenes }
    return Array(allImages.lazy.compactMap { scene($0, seed: seed) }.prefix(Self.sizeCount))
  }

  /// True where it is defined for the size of some image.
  var hasScene: Bool {
    images.contains { scene($0, seed: 0) != nil }
      || (facts.fixesSize != nil && allImages.contains { scene($0, seed: 0) != nil })
  }

  /// The use on an image of one size; nil where it is not defined for it.
  func scene(_ image: ImageSize, seed: UInt64) -> Scene? {
    guard facts.fixesSize != nil else {
      return Scene(stage, use.inputs, outputs, requirements, image, seed: seed)
    }
    guard let types = use.inputs.constant(at: image), let outputs = try? stage.outputTypes(for: types) else {
      return nil
    }
    return Scene(stage, types, outputs, stage.weights(for: types), image, seed: seed)
  }
}

/// The height and width of an image.
struct ImageSize: Hashable, CustomStringConvertible {
  var height: Int
  var width: Int

  subscript(axis: Axis) -> Int {
    get { axis == .rows ? height : width }
    set { if axis == .rows { height = newValue } else { width = newValue } }
  }

  var description: String { "H = \(height), W = \(width)" }
}

extension TensorType {
  /// The size for an image; nil where it has none.
  func size(for image: ImageSize) -> ImageSize? {
    guard let height = height(image.height), let width = width(image.width) else { return nil }
    return ImageSize(height: height, width: width)
  }
}

extension [TensorType] {
  /// The types with the size that they have for one image; nil where one has none.
  func constant(at image: ImageSize) -> [TensorType]? {
    var types = self
    for index in indices {
      guard let size = self[index].size(for: image) else { return nil }
      (types[index].height, types[index].width) = (.constant(size.height), .constant(size.width))
    }
    return types
  }
}
