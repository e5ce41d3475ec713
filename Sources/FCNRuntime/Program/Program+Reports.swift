import CFCNRuntime

extension Program {
  mutating func benchmark(_ options: Options, runs: Int) throws(RuntimeFailure) {
    let size: FittedSize
    if let asked = options.size {
      size = try network.sizes.fitted(height: asked.height, width: asked.width, options.fitting)
      try prepare(size, options)
      network.fillInputs(height: size.height, width: size.width)
    } else {
      let jobs = try plan(options)
      guard jobs.count == 1 else { throw RuntimeFailure("--benchmark takes one picture, or --size HEIGHTxWIDTH") }
      let source = try load(jobs[0].picture, joined: jobs[0].joined[0], options)
      size = source.size
      try feed(source, jobs[0], options)
    }
    try network.run()
    var times: [Double] = []
    for _ in 0..<runs {
      let start = fcn_now()
      try network.run()
      times.append((fcn_now() - start) * 1000)
    }
    times.sort()
    let median = (times[(runs - 1) / 2] + times[runs / 2]) / 2
    console.print(
      "\(size.text), \(options.threads) thread(s), \(runs) run(s): median \(String(median, decimals: 3)) ms, "
        + "least \(String(times[0], decimals: 3)) ms")
  }

  func info(_ options: Options) throws(RuntimeFailure) {
    let sizes = network.sizes
    console.print(network.name)
    for input in network.inputs { console.print("input \(input.name): \(input.summary)") }
    for index in shownOutputs {
      let output = network.outputs[index]
      let size = "\(sizes.rows.outputs[index].formula) x \(sizes.columns.outputs[index].formula)"
      console.print("output \(output.name): \(output.summary); \(size)")
    }
    console.print("height: \(sizes.rows.text)")
    console.print("width: \(sizes.columns.text)")
    if !sizes.acceptsEverySize { console.print("other sizes: \(sizes.fitting.summary)") }
    if !network.taps.isEmpty { console.print("values for --tap: \(listed(network.taps.map { $0.name }))") }
    for (name, value) in network.facts { console.print("\(name): \(value)") }
    var asked: [(height: Int, width: Int)] = []
    if let size = options.size { asked.append(size) }
    for path in options.pictures {
      let joined = options.sources[0].joined.map { FoundPicture(path: path, folder: "").filled($0) }
      let source = try load(path, joined: joined, for: 0, options) { FittedSize(height: $0, width: $1) }
      if let picture = source.picture { console.print("\(path): \(picture.summary)") }
      asked.append((source.numbers.height, source.numbers.width))
    }
    for size in asked { tell(height: size.height, width: size.width) }
  }

  /// What the network does with an input of a size, and what --fit would do.
  private func tell(height: Int, width: Int) {
    console.print("with an input of \(height)x\(width) (HEIGHTxWIDTH):")
    let refusals = network.sizes.refusals(height: height, width: width)
    if refusals.isEmpty { return tellSizes(FittedSize(height: height, width: width), indent: "  ") }
    for refusal in refusals { console.print("  " + refusal) }
    for mode in [Fitting.Mode.pad, .crop] {
      do throws(RuntimeFailure) {
        let size = try network.sizes.fitted(height: height, width: width, Fitting(mode))
        console.print("  \(size.offer):")
        tellSizes(size, indent: "    ")
      } catch {
        console.print(mode == .pad ? "  --fit pad cannot pad it" : "  --fit crop cannot crop it")
      }
    }
  }

  private func tellSizes(_ size: FittedSize, indent: String) {
    for index in network.inputs.indices.dropFirst() {
      let needed = network.inputSize(index, height: size.height, width: size.width)
      console.print("\(indent)input \(network.inputs[index].name) must be \(size.shares(of: needed))")
    }
    for index in shownOutputs {
      let kept = kept(ofOutput: index, for: size)
      console.print("\(indent)output \(network.outputs[index].name) is \(kept.rows.count)x\(kept.columns.count)")
    }
  }
}
