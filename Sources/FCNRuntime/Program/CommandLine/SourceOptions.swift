/// How the files of an input become its picture.
struct SourceOptions {
  var choice = ChannelChoice()
  /// Files whose channels follow those of the first.
  var joined: [String] = []
  var scale: ScaleChoice?
  /// The sample that stands for missing data, whatever the files say.
  var noData: Double?

  /// Whether nothing was chosen, as is right for an array.
  var isPlain: Bool { help == nil }

  /// What is to be left out for an array.
  var help: String? {
    if choice.pages != nil { return "leave out --pages" }
    if choice.samples != nil { return "leave out --samples" }
    if !joined.isEmpty { return "leave out --join" }
    if scale != nil { return "leave out --range" }
    return noData == nil ? nil : "leave out --nodata"
  }
}
