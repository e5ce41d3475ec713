extension Options {
  /// What is written, and where.
  static var writing: [Option] {
    [
      Option(
        "--output", short: "-o", value: "[NAME=]PATH",
        """
        where an output goes: .png, .jpg, .ppm, .pgm or .npy; {stem} in it stands for the picture's name, {channel} for \
        the channel
        """
      ) { options, value throws(RuntimeFailure) in
        options.outputs.append(try options.output(value, option: "-o"))
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
