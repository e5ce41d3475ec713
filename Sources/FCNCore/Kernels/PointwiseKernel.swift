/// A pointwise formula over whole rows: vectors of channels where the output lies in blocks, vectors of pixels where
/// it is planar.
struct PointwiseKernel: Kernel {
  let expression: PointwiseExpression
  /// How each input is read; the same order as the formula counts them in.
  let operands: [Form]
  let outputBlocks: Int
  let isPlanar: Bool
  let channelParameterCount: Int
  /// Beyond the channel parameters there is a list that is 1 where a lane holds a channel.
  let masksPadding: Bool
  let target: Target

  enum Form: Sendable {
    /// The memory form of the output.
    case full
    /// One number per channel, in the memory form of the output.
    case perChannel
    /// One number per pixel, `lanes` apart.
    case perPixel(lanes: Int)
    case scalar
  }

  var columnTile: Int { isPlanar ? target.lanes : 1 }

  var algorithm: String { "pointwise" }

  func emit(name: String, into writer: inout SwiftWriter, target: Target) {
    let n = target.suffix
    let step = isPlanar ? target.lanes : 1
    KernelText.function(name, into: &writer) { writer in
      let outputStride = writer.define("s", "Int", "a.pointee.outputStrides[0]")
      let strides = operands.indices.map { writer.define("s", "Int", "a.pointee.inputStrides[\($0)]") }
      writer.loop("y", from: "begin", to: "end") { writer, y in
        let output = writer.define("o", KernelText.mutablePointer, "a.pointee.outputs[0][\(y)]")
        let rows = operands.indices.map {
          writer.define("r", KernelText.pointer, "a.pointee.tables[\($0)][\(y)]")
        }
        writer.loop("b", to: "\(outputBlocks)") { writer, block in
          let place = writer.define("i", "Int", "\(block) &* \(outputStride)")
          let target1 = writer.define("o", KernelText.mutablePointer, "\(output) + \(place)")
          var starts: [String] = []
          for (index, form) in operands.enumerated() {
            switch form {
            case .full, .perChannel:
              let offset = writer.define("i", "Int", "\(block) &* \(strides[index])")
              starts.append(writer.define("r", KernelText.pointer, "\(rows[index]) + \(offset)"))
            case .perPixel, .scalar:
              starts.append(rows[index])
            }
          }
          let load = isPlanar ? "fcn_broadcast\(n)" : "fcn_load\(n)"
          let unit = isPlanar ? 1 : target.lanes
          let channel = writer.product(block, "\(unit)")
          var parameters: [String] = []
          for index in 0..<(channelParameterCount + (masksPadding ? 1 : 0)) {
            let offset = writer.sum(channel, "\(index * outputBlocks * unit)")
            parameters.append(writer.define("k", target.vector, "\(load)(a.pointee.parameters + \(offset))"))
          }
          writer.loop("x", to: "a.pointee.width", by: step) { writer, x in
            let emitter = ExpressionEmitter(target: target) { writer, index in
              self.load(index, starts[index], x, into: &writer)
            } parameter: { _, index in
              parameters[index]
            }
            var result = emitter.emit(expression, into: &writer)
            if masksPadding {
              let zero = writer.define("c", target.vector, "fcn_splat\(n)(0.0)")
              result = writer.define(
                "v", target.vector,
                "fcn_selectLess\(n)(\(zero), \(parameters[channelParameterCount]), \(result), \(zero))")
            }
            let offset = writer.product(x, "\(unit)")
            writer.line("fcn_store\(n)(\(target1) + \(offset), \(result))")
          }
        }
      }
    }
  }

  private func load(_ index: Int, _ start: String, _ x: String, into writer: inout SwiftWriter) -> String {
    let n = target.suffix
    switch operands[index] {
    case .full:
      let offset = writer.product(x, "\(isPlanar ? 1 : target.lanes)")
      return writer.define("e", target.vector, "fcn_load\(n)(\(start) + \(offset))")
    case .perChannel:
      return writer.define("e", target.vector, "fcn_\(isPlanar ? "broadcast" : "load")\(n)(\(start))")
    case .perPixel(let lanes):
      let offset = writer.product(x, "\(lanes)")
      if isPlanar, lanes > 1 {
        // Pixels of a blocked value under pixels of a planar one: gathered one by one.
        let vector = writer.variable("e", target.vector, "fcn_splat\(n)(0.0)")
        for lane in 0..<target.lanes {
          writer.line("\(vector)[\(lane)] = \(start)[\(offset) &+ \(lane * lanes)]")
        }
        return vector
      }
      return writer.define("e", target.vector, "fcn_\(isPlanar ? "load" : "broadcast")\(n)(\(start) + \(offset))")
    case .scalar:
      return writer.define("e", target.vector, "fcn_broadcast\(n)(\(start))")
    }
  }
}

extension PointwiseStage {
  /// The kernel of the formula, with the epilogue's behind it.
  public func lower(_ site: LoweringSite) throws(Rejection) -> Lowering {
    let own = site.epilogue?.firstInput ?? site.inputs.count
    var expression = self.expression(for: Array(site.inputs[..<own]))
    var parameters = channelParameters(weights: site.weights, channels: site.outputs[0].channels)
    if let epilogue = site.epilogue {
      let further = site.inputs.indices.dropFirst(own).map { PointwiseExpression.input($0) }
      expression = epilogue.expression.substituting(inputs: [expression] + further, parameterShift: parameters.count)
      parameters += epilogue.channelParameters
    }
    let output = site.outputStorage[0]
    let outputType = site.outputs[0]
    var forms: [PointwiseKernel.Form] = []
    var operands: [Lowering.Operand] = []
    for (index, type) in site.inputs.enumerated() {
      let window = AxisAccess.window(type.isPerChannel ? .broadcast : .identity)
      operands.append(.init(input: index, access: SpatialAccess(rows: window, columns: window)))
      let broadcastsPixels = outputType.isPerChannel
      if type.isPerChannel && type.channels == 1 && outputType.channels > 1 {
        forms.append(.scalar)
      } else if type.channels == 1 && outputType.channels > 1 {
        forms.append(.perPixel(lanes: site.inputStorage[index].lanes))
      } else if type.isPerChannel && !broadcastsPixels {
        forms.append(.perChannel)
      } else {
        forms.append(.full)
      }
    }
    let masks = expression.mayLeaveFiniteNumbers && output.blocks * output.lanes > output.channels
    let kernel = PointwiseKernel(
      expression: expression, operands: forms, outputBlocks: output.blocks, isPlanar: output.isPlanar,
      channelParameterCount: parameters.count, masksPadding: masks, target: site.target)
    var packed: [Float] = []
    for list in parameters { packed += output.spread(list) }
    if masks { packed += output.spread(Array(repeating: 1, count: output.channels)) }
    return Lowering(kernel: kernel, operands: operands, parameters: packed)
  }
}
