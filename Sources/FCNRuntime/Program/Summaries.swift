extension InputDescription {
  /// The channels and the preprocessing in a line.
  var summary: String {
    var text = "\(channels) channel(s)"
    if !takesColors { text += "; the channels of a picture in their order" }
    for step in preprocessing { text += "; " + step.summary }
    if channels == 3, takesColors { text += "; a grey picture gives three equal channels" }
    return text
  }
}

extension PreprocessingStep {
  var summary: String {
    switch self {
    case .rgb: "red, green, blue"
    case .bgr: "blue, green, red"
    case .grey(let red, let green, let blue): "grey = " + numbers([red, green, blue]) + " of red, green, blue"
    case .luma: "luma (BT.601)"
    case .range(let maximum): "range 0..." + numbers([maximum])
    case .resize(let resizing): resizing.summary
    case .subtract(let values): "minus " + numbers(values)
    case .divide(let values): "divided by " + numbers(values)
    case .scale(let values): "times " + numbers(values)
    }
  }

  private func numbers(_ values: [Float]) -> String { listed(values.map { String(shortest: Double($0)) }) }
}

extension Resizing {
  var summary: String {
    let target =
      switch size {
      case .exact(let height, let width): "to \(height)x\(width)"
      case .shortSide(let side): "to a short side of \(side)"
      case .longSide(let side): "to a long side of \(side)"
      case .factor(let numerator, let denominator):
        denominator == 1 ? "by \(numerator)" : "by \(numerator)/\(denominator)"
      }
    let name =
      switch filter {
      case .nearest: "nearest"
      case .bilinear: "bilinear"
      case .bicubic: "bicubic"
      case .area: "area"
      }
    return "resized \(target) (\(name))"
  }
}

extension OutputDescription {
  /// The channels and what the numbers mean, in a line.
  var summary: String {
    let meaning =
      switch kind {
      case .labels(let classes): "the class of each pixel, of \(classes.count)" + classes.namesInBrackets
      case .logits(let classes):
        channels > 1 ? "scores of \(classes.count) classes" + classes.namesInBrackets : "the score of each pixel"
      case .probability: "probabilities"
      case .density: "a density, whose sum is a count"
      case .image: "a picture"
      case .raw: "numbers (.npy or .tif)"
      }
    guard let answer else { return "\(channels) channel(s); \(meaning)" }
    return "\(answer.summary) of \(channels) channel(s); \(meaning)"
  }
}

extension AnswerDescription {
  var summary: String {
    switch method {
    case .sum: "the sum"
    case .mean: "the mean"
    case .components: "the connected regions"
    case .peaks: "the peaks"
    case .softArgMax: "a point for each"
    }
  }
}

extension Classes {
  var namesInBrackets: String { names.isEmpty ? "" : " (\(listed(names)))" }
}

extension Fitting {
  var summary: String {
    switch mode {
    case .error: "refused"
    case .pad: "padded (\(border.word)), and the answer cut back"
    case .crop: "cropped to the middle"
    }
  }
}
