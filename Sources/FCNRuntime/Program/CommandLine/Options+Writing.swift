extension Options {
  /// What is written, and where.
  static var writing: [Option] {
    [
      Option(
        "--output", short: "-o", value: "[NAME=]PATH",
        """
        where an output goes: .png, .jpg, .tif, .ppm, .pgm or .npy; {stem} in it stands for the picture's name, {channel} for \
        the channel
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
