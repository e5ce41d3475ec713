extension Options {
  /// What becomes of sizes that the network does not take; `fitting` is what holds where nothing is said.
  static func sizes(_ fitting: Fitting) -> [Option] {
    [
      Option(
        "--fit", value: "HOW",
        """
        a picture whose size the network does not take (\(fitting.mode.word)): error refuses it and names the nearest \
        sizes; pad makes it bigger at the bottom and at the right and cuts the answer back to the picture; crop takes \
        its middle, and the answer is about that part
        """
      ) { options, value throws(RuntimeFailure) in
        guard let mode = Fitting.Mode(word: value) else {
          throw RuntimeFailure("--fit is error, pad or crop, not \(value)")
        }
        options.fitting.mode = mode
      },
      Option(
        "--fit-border", value: "HOW",
        """
        what it is padded with (\(fitting.border.word)): edge, the outermost pixel, which draws no line where the \
        picture ends; zero, zeros in the network's numbers; reflect, the picture mirrored
        """
      ) { options, value throws(RuntimeFailure) in
        guard let border = Fitting.Border(word: value) else {
          throw RuntimeFailure("--fit-border is zero, edge or reflect, not \(value)")
        }
        options.fitting.border = border
        options.isFitBorderGiven = true
      },
    ]
  }
}
