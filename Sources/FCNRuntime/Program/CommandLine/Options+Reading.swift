extension Options {
  /// How pictures are read.
  static var reading: [Option] {
    [
      Option("--input", value: "NAME=PATH", "the file of a further input; {stem} and {folder} may stand in it") {
        options, value throws(RuntimeFailure) in
        let names = options.inputNames
        let named = Options.named(value, names)
        guard named.name != nil else {
          throw RuntimeFailure(
            "--input needs NAME=PATH with the name of a further input, not \(value)",
            help: names.count > 1
              ? "the further inputs are \(listed(Array(names.dropFirst())))"
              : "the network has one input, \(listed(names)), which is the picture")
        }
        options.inputs.append(named)
      },
      Option(
        "--alpha", value: "HOW",
        """
        an alpha channel that the network does not take: ignore it, lay the picture over black or white, or take it as a \
        channel
        """
      ) { options, value throws(RuntimeFailure) in options.alpha = try alphaHandling(value) },
      Option("--max-pixels", value: "N", "refuse pictures of more pixels (1000000000)") {
        options, value throws(RuntimeFailure) in
        options.maximumPixels = try Option.number("--max-pixels", value, from: 1, to: Picture.greatestPixelCount)
      },
    ]
  }

  private static func alphaHandling(_ value: String) throws(RuntimeFailure) -> AlphaHandling {
    if value.isSame(as: "ignore") { return .ignore }
    if value.isSame(as: "black") { return .black }
    if value.isSame(as: "white") { return .white }
    if value.isSame(as: "channel") { return .channel }
    throw RuntimeFailure("--alpha is ignore, black, white or channel, not \(value)")
  }
}
