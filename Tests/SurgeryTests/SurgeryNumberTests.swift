import FCNCore
import FCNStandard
import FCNSwiftBackend
import FCNTestSupport
import Foundation
import Testing

/// Rewritten networks compute what the original ones do: at the original size, and on every window of a bigger picture.
@Suite struct SurgeryNumberTests {
  /// The largest difference that passes, as a part of the largest number.
  static let bound: Float = 1e-5
  static let seeds: Range<UInt64> = 0..<60

  /// A random classifier. Its convolutions and pools have no padding, so that a picture's window gives the same numbers
  /// as the picture; `stride` is the pixels from one window to the next.
  struct Classifier {
    var text: String
    var stride: (rows: Int, columns: Int)
    var size: (height: Int, width: Int)

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed &* 977 &+ 5)
      func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
      func pick<Element>(_ options: [Element]) -> Element { options[number(0...(options.count - 1))] }
      var map = (rows: number(1...4), columns: number(1...4))
      if number(0...3) == 0 { map.columns = map.rows }
      let channels = number(1...5)
      stride = (1, 1)
      // From the map back to the picture.
      var size = (height: map.rows, width: map.columns)
      var backbone: [String] = []
      for _ in 0..<number(1...2) {
        let kernel = (number(1...3), number(1...3))
        let step = (number(1...2), number(1...2))
        let window = "\(kernel.0)x\(kernel.1), stride: \(step.0)x\(step.1)"
        let convolution = "conv(\(channels), kernel: \(window), pad: valid)"
        backbone.insert(convolution + pick(["", " -> relu"]), at: 0)
        size = ((size.height - 1) * step.0 + kernel.0, (size.width - 1) * step.1 + kernel.1)
        stride = (stride.rows * step.0, stride.columns * step.1)
      }
      if number(0...1) == 0 {
        backbone.insert("maxpool(2)", at: 0)
        size = (size.height * 2, size.width * 2)
        stride = (stride.rows * 2, stride.columns * 2)
      }
      self.size = size
      let order = pick(["chw", "hwc"])
      let units = number(1...7)
      let between = pick(["", " -> relu", " -> dropout", " -> tanh -> dropout(0.5)"])
      let bias = pick(["", ", bias: false"])
      let flatten = "flatten(order: \(order))\(pick(["", " -> relu"]))"
      let head: String
      var definition = ""
      switch seed % 6 {
      case 0: head = "y = map -> \(flatten) -> dense(\(units)\(bias))\(between) -> dense(3)\noutput y"
      case 1: head = "output y = map -> dense(\(units)\(bias))\(between)"
      case 2:
        head =
          "v = map -> \(flatten)\noutput y = v -> dense(\(units)) @a\n"
          + "output z = v\(between) -> dense(2\(bias)) @b"
      case 3:
        definition = "def head(x, units) { x -> \(flatten) -> dense(units\(bias))\(between) -> dense(3) }\n"
        head = "output y = map -> head(\(units))\noutput z = map -> relu -> head(\(units + 1)) @z"
      case 4: head = "output y = dense(flatten(map, order: \(order)), units: \(units))\(between) -> dense(4) -> softmax"
      default: head = "output y: labels = map -> \(flatten) -> dense(\(units + 1)\(bias)) -> argmax"
      }
      text = """
        network case_\(seed)

        input x[\(number(1...3))]

        \(definition)map = x -> \(backbone.joined(separator: " -> "))
        \(head)

        """
    }
  }

  @Test(arguments: seeds) func aBiggerPictureGivesTheBiggerMap(_ seed: UInt64) throws {
    let classifier = Classifier(seed: seed)
    let rewriting = SurgeryCase(classifier.text, size: classifier.size)
    let text = "seed \(seed)\n\(classifier.text)"
    let (original, rewritten) = try rewriting.bound(seed: seed)
    let (reference, interpreter) = (try Interpreter(original), try Interpreter(rewritten))
    var generator = SeededGenerator(seed: seed)
    for (more, further) in [(0, 0), (1, 2), (2, 1)] {
      let height = classifier.size.height + more * classifier.stride.rows
      let width = classifier.size.width + further * classifier.stride.columns
      let picture = SurgeryCase.inputs(rewritten, height: height, width: width, using: &generator)[0]
      let found = try interpreter.run([picture]).outputs
      for row in 0...more {
        for column in 0...further {
          let window = Self.cut(
            picture, row * classifier.stride.rows, column * classifier.stride.columns, classifier.size)
          let expected = try reference.run([window]).outputs
          for (map, answer) in zip(found, expected) {
            try #require((map.height, map.width) == (more + 1, further + 1), "\(text)")
            let place = Self.cut(map, row, column, (1, 1))
            let difference = SurgeryCase.difference(place, answer)
            #expect(difference <= Self.bound, "\(difference) at \(row), \(column)\n\(text)")
          }
        }
      }
    }
  }

  static func cut(_ tensor: Tensor, _ top: Int, _ left: Int, _ size: (height: Int, width: Int)) -> Tensor {
    var result = Tensor(channels: tensor.channels, height: size.height, width: size.width)
    for channel in 0..<tensor.channels {
      for row in 0..<size.height {
        for column in 0..<size.width { result[channel, row, column] = tensor[channel, top + row, left + column] }
      }
    }
    return result
  }

  /// Kernels of rewritten networks against the interpreted originals.
  @Test func compiledNetworksAnswerAsTheOriginals() throws {
    var cases: [(rewritten: Graph, original: Graph, classifier: Classifier)] = []
    var programs: [LoweredProgram] = []
    for seed in Self.seeds.prefix(12) {
      let classifier = Classifier(seed: seed)
      let (original, rewritten) = try SurgeryCase(classifier.text, size: classifier.size).bound(seed: seed)
      cases.append((rewritten, original, classifier))
      programs.append(try Lowerer(Optimizer.optimize(rewritten).graph, target: .native).lower())
    }
    let library = try KernelLibrary(
      programs, toolchain: try Toolchain.find(), cache: NSTemporaryDirectory() + "/fcnc-tests")
    var generator = SeededGenerator(seed: 1)
    for (index, item) in cases.enumerated() {
      let size = item.classifier.size
      let inputs = SurgeryCase.inputs(item.rewritten, height: size.height, width: size.width, using: &generator)
      let expected = try Interpreter(item.original).run(inputs).outputs
      let found = try library.run(index, inputs: inputs, threads: 2)
      for (a, b) in zip(found, expected) {
        #expect(SurgeryCase.difference(a, b) <= Self.bound, "\(item.classifier.text)")
      }
    }
  }

  // MARK: Weights

  /// Weights of a dense layer over 3 channels of 2 x 4 pixels, by plain loops over the numbers.
  @Test(arguments: ["chw", "hwc"]) func weightsAreReordered(_ order: String) throws {
    let (units, channels, rows, columns) = (5, 3, 2, 4)
    let text = "network n\ninput x[3]\noutput y = x -> flatten(order: \(order)) -> dense(5) @fc\n"
    let (original, rewritten) = try SurgeryCase(text, size: (rows, columns)).bound(seed: 2)
    let dense = try #require(original.nodes.last).weights[0]
    let kernel = try #require(rewritten.nodes.last).weights[0]
    #expect(dense.shape == [units, channels * rows * columns])
    #expect(kernel.shape == [units, channels, rows, columns])
    var differs = false
    for unit in 0..<units {
      for channel in 0..<channels {
        for row in 0..<rows {
          for column in 0..<columns {
            let inOrder = (channel * rows + row) * columns + column
            let channelsLast = (row * columns + column) * channels + channel
            let position = order == "chw" ? inOrder : channelsLast
            let number = kernel.values[((unit * channels + channel) * rows + row) * columns + column]
            #expect(number == dense.values[unit * channels * rows * columns + position])
            let other = dense.values[unit * channels * rows * columns + (order == "chw" ? channelsLast : inOrder)]
            if number != other { differs = true }
          }
        }
      }
    }
    #expect(differs, "the two orders are different ones")
  }

  /// Who states the wrong order gets another answer.
  @Test func theOrderMatters() throws {
    var answers: [Tensor] = []
    for order in ["chw", "hwc"] {
      let text = "network n\ninput x[3]\noutput y = x -> flatten(order: \(order)) -> dense(5) @fc\n"
      let (original, rewritten) = try SurgeryCase(text, size: (4, 4)).bound(seed: 2)
      var generator = SeededGenerator(seed: 9)
      let inputs = SurgeryCase.inputs(rewritten, height: 4, width: 4, using: &generator)
      let answer = try Interpreter(rewritten).run(inputs).outputs[0]
      #expect(SurgeryCase.difference(answer, try Interpreter(original).run(inputs).outputs[0]) <= Self.bound)
      answers.append(answer)
    }
    #expect(SurgeryCase.difference(answers[0], answers[1]) > 0.1)
  }
}
