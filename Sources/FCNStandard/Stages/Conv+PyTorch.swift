import FCNCore

extension Conv: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    var x = site.inputs[0]
    var padding = (rows: 0, columns: 0)
    var definitions: [PythonDefinition] = []
    switch window.pytorchPadding {
    case .symmetric(let rows, let columns): padding = (rows, columns)
    case .sides(let top, let left, let bottom, let right):
      x = "F.pad(\(x), \(PyTorchPadding.amounts((top, left, bottom, right)))\(border.pytorchPadArguments))"
    case .same:
      x = "pad_same(\(x), \(window.pytorchReach)\(border.pytorchPadArguments))"
      definitions = [.padSame]
    }
    let isPadded = padding != (0, 0)
    let module = PyTorchModule(
      "nn.Conv2d",
      [
        .init(channels: "in_channels", site.types[0].channels), .init(channels: "out_channels", channels),
        .init("kernel_size", PythonText.pair(kernel)),
        .init("stride", PythonText.pair(stride), default: "1"),
        .init("padding", PythonText.pair(padding), default: "0"),
        .init("dilation", PythonText.pair(dilation), default: "1"),
        .init("groups", String(groups), default: "1", countsChannels: true),
        .init("bias", PythonText.of(hasBias), default: "True"),
        .init("padding_mode", isPadded ? border.pytorchPaddingMode : #""zeros""#, default: #""zeros""#),
      ],
      initialization: [#"nn.init.kaiming_normal_(module.weight, nonlinearity="relu")"#] + PyTorchModule.noBias)
    return PyTorchForm(module, at: site, calledWith: x, definitions: definitions)
  }
}
