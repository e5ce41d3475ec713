extension Options {
  /// What is written, and where.
  static var writing: [Option] {
    [
      Option(
        "--output", short: "-o", value: "[NAME=]PATH",
        """
        where an output goes: .png, .jpg, .tif, .ppm, .pgm or .npy, or what is found in it: .json (without NAME of all \
        outputs) or .csv; {stem} in it stands for the picture's name, {folder} for its folder below the one that was \
        given, {channel} for the channel, {frame} for the number of a frame; - writes frames to standard output, as PNM \
        or as the Y4M that is read (pnm:-, pgm:-, ppm:-, y4m:-)
        """
      ) { options, value throws(RuntimeFailure) in
        try options.add(value, .answer)
      },
      Option(
        "--tap", value: "NAME=PATH",
        """
        a value that the network's text names, as .npy of all that entered the network; --info lists the names. In \
        programs that were built with fcnc build --debug-values
        """
      ) { options, value throws(RuntimeFailure) in options.taps.append(try options.tap(value)) },
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
      Option(
        "--coordinates", value: "HOW",
        """
        shown: places are those of the picture as it is shown, turned upright by its EXIF tag; stored: those of the \
        picture as it lies in its file (shown)
        """
      ) { options, value throws(RuntimeFailure) in
        guard value.isSame(as: "shown") || value.isSame(as: "stored") else {
          throw RuntimeFailure("--coordinates is shown or stored, not \(value)")
        }
        options.tellsStoredPlaces = value.isSame(as: "stored")
      },
      Option("--heat", "probabilities in the colours of a heat map") { options, _ in options.isHeat = true },
    ]
  }
}
