import FCNRuntime

/// A network whose first output is its first input, each `stride`-th row and column of it; further outputs likewise.
struct FakeNetwork: RunnableNetwork {
  var name = "fake"
  var inputs: [InputDescription]
  var outputs: [OutputDescription]
  var facts: [(String, String)] = [("version", "1.5"), ("weights", "none")]
  var stride = 1
  var selfTestResult: String?
  /// Turns numbers into what the test wants to see written.
  var change: @Sendable (Float) -> Float = { $0 }

  private var height = 0
  private var width = 0
  private var planes: [PlanarArray] = []
  private var results: [PlanarArray] = []

  init(
    _ inputs: [InputDescription], _ outputs: [OutputDescription], stride: Int = 1,
    change: @escaping @Sendable (Float) -> Float = { $0 }
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.stride = stride
    self.change = change
  }

  func rejection(height: Int, width: Int) -> String? {
    height % stride == 0 && width % stride == 0
      ? nil : "a size of \(height)x\(width) is not accepted: both sides must be multiples of \(stride)"
  }

  func inputSize(_ i: Int, height: Int, width: Int) -> (height: Int, width: Int) { (height, width) }

  func outputSize(_ o: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    (height / stride, width / stride)
  }

  mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
    self.height = height
    self.width = width
    planes = []
    results = []
    for input in inputs { planes.append(try PlanarArray(channels: input.channels, height: height, width: width)) }
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
            results[index][channel, row, column] = change(number)
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
