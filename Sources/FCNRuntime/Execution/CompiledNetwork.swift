import CFCNRuntime

/// A compiled program behind the interface that the command line works with.
public struct CompiledNetwork: RunnableNetwork {
  public let program: ProgramDescription
  private let kernels: UnsafePointer<fcn_kernel?>
  private let parameters: UnsafePointer<Float>
  private let selfTestData: SelfTest?
  private var execution: Execution?

  public init(
    _ program: ProgramDescription, kernels: UnsafePointer<fcn_kernel?>, parameters: UnsafePointer<Float>,
    selfTest: SelfTest?
  ) {
    self.program = program
    self.kernels = kernels
    self.parameters = parameters
    selfTestData = selfTest
  }

  public var name: String { program.name }
  public var inputs: [InputDescription] { program.inputs.map { $0.description } }
  public var outputs: [OutputDescription] { program.outputs.map { $0.description } }
  public var taps: [TapDescription] { program.taps.map { $0.description } }
  public var facts: [(String, String)] { program.facts.map { ($0.name, $0.text) } }

  public var sizes: SizeRules { program.sizes }

  public func inputSize(_ input: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(program.inputs[input].view, height, width)
  }

  public func outputSize(_ output: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(program.outputs[output].view, height, width)
  }

  public func tapSize(_ tap: Int, height: Int, width: Int) -> (height: Int, width: Int) {
    size(program.taps[tap].view, height, width)
  }

  /// A program that has taps computes all of them.
  public mutating func keep(_ taps: [Int]) {}

  private func size(_ view: Int, _ height: Int, _ width: Int) -> (height: Int, width: Int) {
    let buffer = program.buffers[program.views[view].buffer]
    return (
      program.extents[buffer.height].value(at: height) ?? 0, program.extents[buffer.width].value(at: width) ?? 0
    )
  }

  public mutating func prepare(height: Int, width: Int, threads: Int) throws(RuntimeFailure) {
    // The old memory goes first: two of them might not fit.
    execution = nil
    execution = try Execution(
      program, kernels: kernels, parameters: parameters, height: height, width: width, threads: threads)
  }

  public func inputRow(_ input: Int, channel: Int, row: Int) -> UnsafeMutablePointer<Float> {
    prepared.inputRow(input, channel: channel, row: row)
  }

  public func outputRow(_ output: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    prepared.outputRow(output, channel: channel, row: row)
  }

  public func tapRow(_ tap: Int, channel: Int, row: Int) -> UnsafePointer<Float> {
    prepared.tapRow(tap, channel: channel, row: row)
  }

  public var isConfidenceWanted = false

  public mutating func run() { prepared.run(all: isConfidenceWanted) }

  /// Runs once and measures the steps.
  /// - Returns: for each step of the program the seconds that the threads have spent in it, added up.
  public mutating func timedRun() -> [Double] { prepared.timedRun(all: isConfidenceWanted) }

  private var prepared: Execution {
    guard let execution else { preconditionFailure("a network is prepared before it runs") }
    return execution
  }

  /// Compares the weights with their checksum, and the outputs for the built-in input with the reference's.
  public mutating func selfTest(threads: Int) -> String? {
    guard let test = selfTestData else { return "this program carries no self-test, or a damaged one" }
    let checksum = SelfTest.checksum(of: parameters, count: program.parameterCount)
    guard checksum == test.parameterChecksum else { return "the weights differ from those it was built with" }
    do {
      try prepare(height: test.height, width: test.width, threads: threads)
    } catch {
      return error.message
    }
    for (index, numbers) in test.inputs.enumerated() {
      let size = inputSize(index, height: test.height, width: test.width)
      var position = 0
      for channel in 0..<program.inputs[index].description.channels {
        for row in 0..<size.height {
          let destination = inputRow(index, channel: channel, row: row)
          for column in 0..<size.width where position < numbers.count {
            destination[column] = numbers[position]
            position += 1
          }
        }
      }
    }
    prepared.run()
    for (index, numbers) in test.outputs.enumerated() {
      let size = outputSize(index, height: test.height, width: test.width)
      var low = Float.infinity
      var high = -Float.infinity
      var difference: Float = 0
      var position = 0
      for channel in 0..<program.outputs[index].description.channels {
        for row in 0..<size.height {
          let source = outputRow(index, channel: channel, row: row)
          for column in 0..<size.width where position < numbers.count {
            low = min(low, numbers[position])
            high = max(high, numbers[position])
            let distance = abs(source[column] - numbers[position])
            // A comparison with NaN is false, so it is asked the other way round.
            if !(distance <= difference) { difference = distance.isNaN ? .infinity : distance }
            position += 1
          }
        }
      }
      if !(difference <= SelfTest.tolerance * max(high - low, 1e-6)) {
        return "the output `" + program.outputs[index].description.name + "` differs from the reference"
      }
    }
    execution = nil
    return nil
  }
}
