extension Options {
  /// What is written, and where.
  static var writing: [Option] {
    [
      Option(
        "--output", short: "-o", value: "[NAME=]PATH",
        """
        where an output goes: .png, .jpg, .ppm, .pgm or .npy, or what is found in it: .json (without NAME of all \
        outputs) or .csv; {stem} in it stands for the picture's name, {channel} for \
        the channel
        """
      ) { options, value throws(RuntimeFailure) in
        try options.add(value, .answer)
      },
      Option("--overlay", value: "[NAME=]PATH", "the answer laid over the photograph") {
        options, value throws(RuntimeFailure) in
        try options.add(value, .overlay)
      },
      Option("--overlay-strength", value: "S", "0 shows the photograph, 1 the answer (0.5)") {
        options, value throws(RuntimeFailure) in
        options.overlayStrength = try Option.share("--overlay-strength", value)
      },
      Option(
        "--confidence", value: "[NAME=]PATH",
        """
        how sure the classes are: .png shows the probability of each pixel's class, .npy holds that and how far it is \
        ahead of the next one
        """
      ) { options, value throws(RuntimeFailure) in try options.add(value, .confidence) },
      Option("--min-confidence", value: "P", "pixels of a lower probability get the class that stands for none (255)") {
        options, value throws(RuntimeFailure) in
        options.leastConfidence = try Option.share("--min-confidence", value)
      },
      Option(
        "--border-mask", value: "[NAME=]PATH",
        "white where the edges of the picture have had an influence: padding, repeated or missing pixels"
      ) { options, value throws(RuntimeFailure) in try options.add(value, .borderMask) },
      Option(
        "--exclude-border",
        "count only what the edges of the picture have had no influence on, neither padding nor missing pixels"
      ) { options, _ in options.excludesBorder = true },
      Option("--heat", "probabilities in the colours of a heat map") { options, _ in options.isHeat = true },
    ]
  }
}
