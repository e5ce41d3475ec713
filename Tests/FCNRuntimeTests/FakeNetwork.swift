import FCNRuntime

/// A network whose first output is its first input, each `stride`-th row and column of it; further outputs likewise.
struct FakeNetwork: RunnableNetwork {
  var name = "fake"
  var inputs: [InputDescription]
  var outputs: [OutputDescription]
  var facts: [(String, String)] = [("version", "1.5"), ("weights", "none")]
  var stride = 1
  /// The sizes that are accepted are the multiples of this.
  var multiple: Int
  /// Every further input is so many times smaller than the first.
  var divisor = 1
  var fitting = Fitting()
  var selfTestResult: String?
  var isConfidenceWanted = false
  /// Turns numbers into what the test wants to see written.
  var change: @Sendable (Float) -> Float = { $0 }

  /// As `change`, for a channel; goes before it.
  var changeByChannel: @Sendable (Int, Float) -> Float = { $1 }
  var edges = EdgeTable([], reach: 0)

  private var height = 0
  private var width = 0
  /// The inputs as they were written last.
  private(set) var planes: [PlanarArray] = []
  private var results: [PlanarArray] = []

  init(
    _ inputs: [InputDescription], _ outputs: [OutputDescription], stride: Int = 1,
    change: @escaping @Sendable (Float) -> Float = { $0 }
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.stride = stride
    multiple = stride
    self.change = change
  }

  /// A position of an output lies at the pixel that it is.
  var sizes: SizeRules {
    func rules(_ variable: String) -> AxisRules {
      let leasts = (0..<multiple).map { $0 == 0 ? multiple : -1 }
      let place = PlaceTable.Place.line(scale: stride, offset: 0, denominator: 1)
      return AxisRules(
        domain: ExtentTable(
          period: multiple, slope: 0, offsets: leasts.map { _ in 0 }, leasts: leasts, mosts: leasts.map { _ in .max }),
        text: "multiples of \(multiple)",
        outputs: outputs.map { _ in .init(formula: "\(variable)/\(stride)", places: PlaceTable([place]), edges: edges) }
      )
    }
    var sizes = SizeRules(rows: rules("H"), columns: rules("W"))
    sizes.fitting = fitting
    return sizes
  }

  func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    i == 0 ? (height, width) : (height / divisor, width / divisor)
  }

  func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    (height / stride, width / stride)
  }

  mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
    self.height = height
    self.width = width
    planes = []
    results = []
    for (index, input) in inputs.enumerated() {
      let size = inputSize(index, height: height, width: width)
      planes.append(try PlanarArray(channels: input.channels, height: size.height, width: size.width))
    }
    for output in outputs {
      results.append(
        try PlanarArray(channels: output.channels, height: height / stride, width: width / stride))
    }
  }

  func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
    planes[input].row(row, channel: channel)
  }

  mutating func run() {
    for index in results.indices {
      let source = planes[min(index, planes.count - 1)]
      for channel in 0..<results[index].channels {
        for row in 0..<results[index].height {
          for column in 0..<results[index].width {
            let number = source[min(channel, source.channels - 1), row * stride, column * stride]
            results[index][channel, row, column] = change(changeByChannel(channel, number))
          }
        }
      }
    }
  }

  func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    UnsafePointer(results[output].row(row, channel: channel))
  }

  mutating func selfTest(threads: Int) -> String? { selfTestResult }
}

extension FakeNetwork {
  /// Takes pictures with these steps and gives out the numbers that it got.
  static func echo(_ steps: [PreprocessingStep], channels: Int = 3) -> FakeNetwork {
    FakeNetwork(
      [InputDescription(name: "image", channels: channels, preprocessing: steps)],
      [OutputDescription(name: "numbers", channels: channels, kind: .raw)])
  }

  /// Takes a grey picture and gives `channels` outputs of this kind.
  static func grey(
    _ kind: OutputKind, channels: Int = 1, stride: Int = 1, change: @escaping @Sendable (Float) -> Float = { $0 }
  ) -> FakeNetwork {
    FakeNetwork(
      [InputDescription(name: "image", channels: 1, preprocessing: [.luma])],
      [OutputDescription(name: "answer", channels: channels, kind: kind)], stride: stride, change: change)
  }

  /// Runs the program; gives its exit code and its texts.
  mutating func program(_ arguments: String...) -> (code: Int32, output: String, errors: String) {
    let console = Console(capturing: true)
    let code = runProgram(&self, arguments: arguments, console: console)
    return (code, console.output, console.errors)
  }
}

extension TemporaryFolder {
  func picture(_ name: String) throws -> Picture {
    try Picture(decoding: FileBytes(Fixture.bytes(at: file(name))), maximumPixels: 1_000_000)
  }

  func array(_ name: String) throws -> PlanarArray { try PlanarArray(npy: FileBytes(Fixture.bytes(at: file(name)))) }

  /// Writes a grey picture of these rows.
  func write(_ rows: [[UInt8]], as name: String) throws -> String {
    let head = Array("P5 \(rows[0].count) \(rows.count) 255\n".utf8)
    try Files.write(FileBytes(head + rows.flatMap { $0 }), to: file(name))
    return file(name)
  }
}
