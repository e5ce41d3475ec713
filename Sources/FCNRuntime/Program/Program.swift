import CFCNRuntime

/// The whole of a compiled program: reads the arguments (without the program's name), runs the network on pictures and
/// writes its answers.
///
/// Gives the exit code: 0 all is well, 1 some files failed (or the self-test), 2 the job could not be done at all.
public func runProgram<Network: RunnableNetwork>(
  _ network: inout Network, arguments: [String], console: Console = Console()
) -> Int32 {
  var program = Program(network: network, console: console)
  defer { network = program.network }
  do throws(RuntimeFailure) {
    return try program.run(arguments)
  } catch {
    console.report(error)
    return 2
  }
}

struct Program<Network: RunnableNetwork> {
  var network: Network
  let console: Console

  mutating func run(_ arguments: [String]) throws(RuntimeFailure) -> Int32 {
    let options = try Options(
      arguments, inputNames: network.inputs.map { $0.name }, outputNames: network.outputs.map { $0.name })
    switch options.action {
    case .help: console.print(helpText(network.name, network.inputs, network.outputs))
    case .version: console.print(versionText())
    case .info: try info(options)
    case .selfTest:
      if let difference = network.selfTest(threads: options.threads) {
        console.report(
          RuntimeFailure("the self-test failed: \(difference)", help: "build the program again, or copy it again"))
        return 1
      }
      console.print("the self-test passed")
    case .benchmark(let runs): try benchmark(options, runs: runs)
    case .answer: return try answer(options)
    }
    return 0
  }

  private func versionText() -> String {
    var text = network.name
    for (name, value) in network.facts where name.isSame(as: "version") { text += " " + value }
    return text
  }

  // MARK: answers

  private mutating func answer(_ options: Options) throws(RuntimeFailure) -> Int32 {
    guard options.size == nil else { throw RuntimeFailure("--size belongs to --benchmark and --info") }
    let jobs = try Job.plan(options, network.inputs, network.outputs)
    guard !jobs[0].answers.isEmpty || !densities.isEmpty else {
      throw RuntimeFailure("nothing is to be written", help: "say where the answer goes: -o OUT.png")
    }
    var code: Int32 = 0
    for job in jobs {
      do throws(RuntimeFailure) {
        try perform(job, options)
      } catch {
        console.report(error)
        code = 1
      }
    }
    return code
  }

  private var densities: [Int] {
    network.outputs.indices.filter {
      if case .density = network.outputs[$0].kind { true } else { false }
    }
  }

  private mutating func perform(_ job: Job, _ options: Options) throws(RuntimeFailure) {
    let start = fcn_now()
    let source = try load(job.picture, for: 0, options)
    var failure: RuntimeFailure?
    do throws(RuntimeFailure) {
      try feed(source, furtherInputs: job.furtherInputs, options)
      try network.run()
      for index in densities {
        let painter = try Painter(network.outputs[index], rows(ofOutput: index, for: source.numbers))
        console.print("\(job.picture): \(network.outputs[index].name) \(String(painter.sum, decimals: 3))")
      }
    } catch {
      failure = named(error, job.picture)
    }
    if let failure { throw failure }
    for answer in job.answers { try write(answer, of: source, job.picture, options) }
    if !options.isQuiet {
      let size = "\(source.numbers.height)x\(source.numbers.width)"
      console.report("\(job.picture): \(size) in \(String((fcn_now() - start) * 1000, decimals: 1)) ms")
    }
  }

  /// A failure whose message starts with the file that it is about.
  private func named(_ failure: RuntimeFailure, _ path: String) -> RuntimeFailure {
    failure.message.hasStart(path + ":") ? failure : RuntimeFailure(path + ": " + failure.message, help: failure.help)
  }

  // MARK: inputs

  /// The numbers of an input and, where they came from one, the picture.
  private struct Source {
    var picture: Picture?
    var numbers: Rows
  }

  private func load(_ path: String, for index: Int, _ options: Options) throws(RuntimeFailure) -> Source {
    let input = network.inputs[index]
    // A pixel takes at most 18 bytes (P3 in 16 bits); an array 4 for each channel.
    let file = try Files.read(path, limit: options.maximumPixels * max(24, 4 * input.channels) + (1 << 20))
    do throws(RuntimeFailure) {
      guard FileKind(file.pointer, file.count) == .npy else {
        let picture = try Picture(decoding: file, maximumPixels: options.maximumPixels)
        return Source(picture: picture, numbers: try input.preprocessed(picture, alpha: options.alpha))
      }
      let array = try PlanarArray(npy: file)
      guard array.channels == input.channels else {
        throw RuntimeFailure(
          "the array has \(array.channels) channel(s), and input \(input.name) takes \(input.channels)",
          help: array.width == input.channels
            ? "the channels stand last: save array.transpose(2, 0, 1)" : "the axes are (channels, height, width)")
      }
      if let place = array.firstNotFinite() {
        throw RuntimeFailure("the array holds \(place)", help: "replace such numbers: numpy.nan_to_num(array)")
      }
      return Source(picture: nil, numbers: HeldRows(array))
    } catch {
      throw named(error, path)
    }
  }

  /// Plans for the size of the first input and writes all inputs into the network.
  private mutating func feed(_ first: Source, furtherInputs: [String], _ options: Options) throws(RuntimeFailure) {
    let (height, width) = (first.numbers.height, first.numbers.width)
    try prepare(height: height, width: width, options)
    try copy(first.numbers, to: 0)
    for index in furtherInputs.indices {
      let rows = try load(furtherInputs[index], for: index + 1, options).numbers
      let size = network.inputSize(index + 1, height: height, width: width)
      guard rows.height == size.height, rows.width == size.width else {
        throw RuntimeFailure(
          "\(furtherInputs[index]): input \(network.inputs[index + 1].name) must be \(size.height)x\(size.width) "
            + "(HEIGHTxWIDTH) with a first input of \(height)x\(width), not \(rows.height)x\(rows.width)")
      }
      try copy(rows, to: index + 1)
    }
  }

  private mutating func prepare(height: Int, width: Int, _ options: Options) throws(RuntimeFailure) {
    if let reason = network.rejection(height: height, width: width) {
      throw RuntimeFailure(
        reason,
        help: "crop or resize the picture, or let the network do it: `picture -> resize(HEIGHTxWIDTH, filter: area)`")
    }
    try network.prepare(height: height, width: width, threads: options.threads)
  }

  private func copy(_ rows: Rows, to input: Int) throws(RuntimeFailure) {
    let line = try Memory<Float>(count: rows.channels * rows.width)
    for row in 0..<rows.height {
      rows.read(row, into: line.pointer)
      for channel in 0..<rows.channels {
        network.inputRow(input, channel: channel, row: row)
          .update(from: line.pointer + channel * rows.width, count: rows.width)
      }
    }
  }

  // MARK: outputs

  private func rows(ofOutput index: Int, for input: Rows) -> Rows {
    let size = network.outputSize(index, height: input.height, width: input.width)
    let network = self.network
    return HeldRows(channels: network.outputs[index].channels, height: size.height, width: size.width) {
      channel, row in network.outputRow(index, channel: channel, row: row)
    }
  }

  private func write(_ answer: Job.Answer, of source: Source, _ path: String, _ options: Options)
    throws(RuntimeFailure)
  {
    let file: FileBytes
    do throws(RuntimeFailure) {
      file = try encoded(answer, of: source, options)
    } catch {
      throw named(error, path)
    }
    try Files.write(file, to: answer.path)
  }

  private func encoded(_ answer: Job.Answer, of source: Source, _ options: Options) throws(RuntimeFailure)
    -> FileBytes
  {
    let output = network.outputs[answer.output]
    let rows = rows(ofOutput: answer.output, for: source.numbers)
    if answer.format == .npy {
      let array = try PlanarArray(channels: rows.channels, height: rows.height, width: rows.width)
      for row in 0..<rows.height {
        for channel in 0..<rows.channels {
          let from = network.outputRow(answer.output, channel: channel, row: row)
          array.row(row, channel: channel).update(from: from, count: rows.width)
        }
      }
      return try array.encodedNPY()
    }
    let painter = try Painter(output, rows)
    let height = source.picture?.height ?? rows.height
    let width = source.picture?.width ?? rows.width
    let isColored = answer.isOverlay || answer.format == .jpeg || answer.format == .ppm
    var palette: [UInt32] = []
    var picture: Picture
    var ignored: (labels: Picture, index: Int)?
    if let classes = output.classes {
      picture = try painter.labels(classes, height: height, width: width)
      if let index = classes.ignored { ignored = (picture, index) }
      if isColored {
        picture = try painter.colored(picture, classes)
      } else if answer.format == .png, picture.depth == .eight {
        palette = classes.palette
      }
    } else if case .image(let maximum, let order) = output.kind {
      var chroma: Rows?
      if let picture = source.picture, picture.channels > 2, network.inputs[0].isLuma {
        chroma = try PointwiseRows(PictureRows(picture, alpha: options.alpha ?? .ignore), .chroma)
      }
      picture = try painter.image(maximum: maximum, order: order, chroma: chroma)
    } else {
      let isHeat = answer.isOverlay || options.isHeat || output.isDensity && answer.format != .pgm
      picture = try painter.map(channel: answer.channel ?? 0, isHeat: isHeat, height: height, width: width)
    }
    if answer.isOverlay {
      guard let photograph = source.picture else {
        throw RuntimeFailure(
          "an array has no photograph to lay an overlay over", help: "give a picture, or write the answer with -o")
      }
      picture = try photograph.colored(alpha: options.alpha)
        .blended(with: picture.colored(alpha: nil), strength: options.overlayStrength, except: ignored)
    }
    return try encoded(picture, palette, answer.format)
  }

  private func encoded(_ picture: Picture, _ palette: [UInt32], _ format: OutputFormat) throws(RuntimeFailure)
    -> FileBytes
  {
    switch format {
    case .png, .npy: return try picture.encodedPNG(palette: palette)
    case .jpeg: return try picture.encodedJPEG()
    case .ppm: return try (picture.channels == 1 ? picture.colored(alpha: nil) : picture).encodedPNM()
    case .pgm:
      guard picture.channels == 1 else { throw RuntimeFailure("a .pgm has no colours", help: "write a .ppm or .png") }
      return try picture.encodedPNM()
    }
  }

  // MARK: reports

  private mutating func benchmark(_ options: Options, runs: Int) throws(RuntimeFailure) {
    let height: Int
    let width: Int
    if let size = options.size {
      (height, width) = size
      try prepare(height: height, width: width, options)
      for index in network.inputs.indices { fillInput(index, height: height, width: width) }
    } else {
      let jobs = try Job.plan(options, network.inputs, network.outputs)
      guard jobs.count == 1 else { throw RuntimeFailure("--benchmark takes one picture, or --size HEIGHTxWIDTH") }
      let source = try load(jobs[0].picture, for: 0, options)
      (height, width) = (source.numbers.height, source.numbers.width)
      try feed(source, furtherInputs: jobs[0].furtherInputs, options)
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
      "\(height)x\(width), \(options.threads) thread(s), \(runs) run(s): median \(String(median, decimals: 3)) ms, "
        + "least \(String(times[0], decimals: 3)) ms")
  }

  /// Numbers in 0..<1 without pattern, always the same (a linear congruence of Numerical Recipes).
  private func fillInput(_ index: Int, height: Int, width: Int) {
    let size = index == 0 ? (height: height, width: width) : network.inputSize(index, height: height, width: width)
    var state: UInt32 = 1
    for channel in 0..<network.inputs[index].channels {
      for row in 0..<size.height {
        let numbers = network.inputRow(index, channel: channel, row: row)
        for column in 0..<size.width {
          state = state &* 1_664_525 &+ 1_013_904_223
          numbers[column] = Float(state >> 8) / Float(1 << 24)
        }
      }
    }
  }

  private func info(_ options: Options) throws(RuntimeFailure) {
    console.print(network.name)
    for input in network.inputs { console.print("input \(input.name): \(input.summary)") }
    for output in network.outputs { console.print("output \(output.name): \(output.summary)") }
    for (name, value) in network.facts { console.print("\(name): \(value)") }
    var sizes: [(height: Int, width: Int)] = []
    if let size = options.size { sizes.append(size) }
    for path in options.pictures {
      let numbers = try load(path, for: 0, options).numbers
      sizes.append((numbers.height, numbers.width))
    }
    for size in sizes {
      console.print("with an input of \(size.height)x\(size.width) (HEIGHTxWIDTH):")
      if let reason = network.rejection(height: size.height, width: size.width) {
        console.print("  not accepted: \(reason)")
        continue
      }
      for index in network.inputs.indices.dropFirst() {
        let needed = network.inputSize(index, height: size.height, width: size.width)
        console.print("  input \(network.inputs[index].name) must be \(needed.height)x\(needed.width)")
      }
      for index in network.outputs.indices {
        let result = network.outputSize(index, height: size.height, width: size.width)
        console.print("  output \(network.outputs[index].name) is \(result.height)x\(result.width)")
      }
    }
  }
}

extension OutputDescription {
  /// The classes that a pixel is given, where it is.
  var classes: Classes? {
    switch kind {
    case .labels(let classes): classes
    case .logits(let classes): channels > 1 ? classes : nil
    default: nil
    }
  }

  var isDensity: Bool {
    if case .density = kind { true } else { false }
  }
}
