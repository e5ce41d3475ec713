/// In which formats an output can be written.
extension OutputDescription {
  /// Refuses what cannot be written.
  func check(_ subject: Job.Subject, _ format: OutputFormat, _ path: String) throws(RuntimeFailure) {
    switch subject {
    case .answer: try check(format)
    case .overlay:
      guard isMap else { throw RuntimeFailure("output \(name) cannot be laid over the picture") }
      guard format != .npy, format != .pgm, !format.isReport else {
        throw RuntimeFailure(
          "\(path): an overlay is a picture in colour", help: "let it end in .png, .jpg, .tif or .ppm")
      }
    case .confidence:
      guard hasConfidence else {
        throw RuntimeFailure(
          "output \(name) has no probabilities that would say how sure it is",
          help: "it needs scores or probabilities before `argmax`, or a `sigmoid` before `threshold`")
      }
      guard !format.isReport else {
        throw RuntimeFailure("\(path): a confidence is a map", help: "let it end in .png, .tif or .npy")
      }
    case .borderMask:
      guard format != .jpeg, format != .ppm, !format.isReport else {
        throw RuntimeFailure(
          "\(path): a mask of the border has no colours", help: "let it end in .png, .tif, .pgm or .npy")
      }
    }
  }

  private func check(_ format: OutputFormat) throws(RuntimeFailure) {
    if format == .json { return }
    if format == .csv {
      guard hasItems else { throw RuntimeFailure("output \(name) is no table", help: "write it as .json or .npy") }
      return
    }
    if format.holdsNumbers, answer.map({ $0.isPicture }) ?? true { return }
    if let answer {
      if format == .npy { return }
      guard answer.isPicture else {
        throw RuntimeFailure("output \(name) is no picture", help: "write it as .json or .csv" + answer.drawingHelp)
      }
      return
    }
    if case .raw = kind {
      throw RuntimeFailure("output \(name) holds numbers without a known meaning", help: "write it as .npy or .tif")
    }
  }

  /// The names of the pictures that are written in its place, where it is several.
  func pictures(of subject: Job.Subject, _ format: OutputFormat, isHeat: Bool) -> [String]? {
    guard format != .npy, !format.isReport else { return nil }
    switch subject {
    case .answer where format == .tiff && !isHeat: return nil
    case .answer, .overlay: return needsChannel ? (0..<channels).map { "\($0)" } : nil
    case .confidence, .borderMask: return nil
    }
  }

  /// Whether the output says something about each place of the picture.
  var isMap: Bool {
    if let answer { return answer.isDrawn }
    switch kind {
    case .labels, .probability, .logits, .density: return true
    case .image, .raw: return false
    }
  }

  /// Whether a report of it has rows.
  private var hasItems: Bool { answer != nil || isMap }

  /// Whether each channel is a picture of its own.
  private var needsChannel: Bool {
    if answer != nil { return false }
    switch kind {
    case .probability, .density: return channels > 1
    case .labels, .logits, .image, .raw: return false
    }
  }

  /// Whether it can be said how sure its classes are.
  var hasConfidence: Bool {
    if confidence != nil { return true }
    switch kind {
    case .logits, .probability: return answer == nil
    default: return false
    }
  }
}

extension AnswerDescription {
  /// Whether it can be laid over a picture.
  var isDrawn: Bool {
    switch method {
    case .components, .peaks, .softArgMax: true
    case .sum, .mean: false
    }
  }

  /// Whether it gives every position a number.
  var isPicture: Bool {
    if case .components = method { true } else { false }
  }

  fileprivate var drawingHelp: String { isDrawn ? ", or draw it with --overlay" : "" }
}
