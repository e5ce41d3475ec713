import FCNCore

/// A convolution at its place in a program: its memory forms and what is applied to its results.
struct ConvolutionPlace: Sendable {
  let form: ConvolutionForm
  let site: LoweringSite
  let input: Storage
  /// The lanes in which the kernel computes: those of the output, or blocks without gaps where the output is planar.
  let output: Storage
  let isPlanar: Bool
  /// The convolution's own operand and those of the epilogue.
  let operands: [Lowering.Operand]
  let epilogueOperands: [EpilogueOperand]
  let channelParameterCount: Int
  /// The last channel parameter is 1 where a lane holds a channel; other results become zero.
  let masksPadding: Bool
  /// Bias and channel parameters, a list of `output.blocks * lanes` numbers each.
  let channelNumbers: [Float]

  /// - Throws: where an input of the epilogue lies in another memory form than the output.
  init(_ form: ConvolutionForm, _ site: LoweringSite) throws(Rejection) {
    self.form = form
    self.site = site
    input = site.inputStorage[0]
    isPlanar = site.outputStorage[0].isPlanar
    output =
      isPlanar ? Storage(lanes: site.target.lanes, channels: form.outputChannels) : site.outputStorage[0]
    var operands = [Lowering.Operand(input: 0, access: form.access)]
    var epilogueOperands: [EpilogueOperand] = []
    if let epilogue = site.epilogue {
      for index in epilogue.firstInput..<site.inputs.count {
        guard
          let operand = EpilogueOperand(
            type: site.inputs[index], storage: site.inputStorage[index], output: output, outputType: site.outputs[0])
        else { throw Rejection("the fused input \(index) has another memory form than the output", .input(index)) }
        epilogueOperands.append(operand)
        operands.append(Lowering.Operand(input: index, access: operand.access(site.inputs[index])))
      }
    }
    self.operands = operands
    self.epilogueOperands = epilogueOperands
    var lists = site.epilogue?.channelParameters ?? []
    masksPadding =
      site.epilogue?.expression.mayLeaveFiniteNumbers == true && output.blocks * output.lanes > form.outputChannels
    if masksPadding { lists.append(Array(repeating: 1, count: form.outputChannels)) }
    channelParameterCount = lists.count
    var numbers = output.spread(form.bias)
    for list in lists { numbers += output.spread(list) }
    channelNumbers = numbers
  }

  /// The bias and the channel parameters, and behind them the packed weights.
  func packed(count: Int, _ weights: @escaping @Sendable () -> [Float]) -> PackedNumbers {
    PackedNumbers(channelNumbers, count: count, make: weights)
  }

  var target: Target { site.target }
  var epilogue: PointwiseExpression? { site.epilogue?.expression }
}
