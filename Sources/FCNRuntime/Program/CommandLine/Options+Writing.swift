extension Options {
  /// What is written, and where.
  static var writing: [Option] {
    [
      Option(
        "--output", short: "-o", value: "[NAME=]PATH",
        """
        where an output goes: .png, .jpg, .ppm, .pgm or .npy; {stem} in it stands for the picture's name, {folder} for \
        its folder below the one that was given, {channel} for the channel, {frame} for the number of a frame; - writes \
        frames to standard output, as PNM or as the Y4M that is read (pnm:-, pgm:-, ppm:-, y4m:-)
        """
      ) { options, value throws(RuntimeFailure) in
        options.outputs.append(try options.output(value, option: "-o"))
      },
      Option("--overlay", value: "[NAME=]PATH", "the answer laid over the photograph") {
        options, value throws(RuntimeFailure) in
        options.overlays.append(try options.output(value, option: "--overlay"))
      },
      Option("--overlay-strength", value: "S", "0 shows the photograph, 1 the answer (0.5)") {
        options, value throws(RuntimeFailure) in
        options.overlayStrength = try Option.share("--overlay-strength", value)
      },
      Option("--heat", "probabilities in the colours of a heat map") { options, _ in options.isHeat = true },
    ]
  }
}
