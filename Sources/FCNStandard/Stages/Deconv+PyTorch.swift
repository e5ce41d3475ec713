import FCNCore

extension Deconv: PyTorchExportable {
  /// PyTorch takes the same amount off both sides; other amounts are cut off afterwards.
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let isSymmetric = pad.top == pad.bottom && pad.left == pad.right
    let module = PyTorchModule(
      "nn.ConvTranspose2d",
      [
        .init(channels: "in_channels", site.types[0].channels), .init(channels: "out_channels", channels),
        .init("kernel_size", PythonText.pair(kernel)),
        .init("stride", PythonText.pair(stride), default: "1"),
        .init("padding", isSymmetric ? PythonText.pair((pad.top, pad.left)) : "0", default: "0"),
        .init("output_padding", PythonText.pair(outputPadding), default: "0"),
        .init("groups", String(groups), default: "1", countsChannels: true),
        .init("bias", PythonText.of(hasBias), default: "True"),
      ],
      initialization: [
        "# An output pixel lies under so many taps of the kernel.",
        "taps = max(1, math.prod(module.kernel_size) // math.prod(module.stride))",
        "fan_in = module.in_channels // module.groups * taps",
        "nn.init.normal_(module.weight, std=math.sqrt(2 / fan_in))",
      ] + PyTorchModule.noBias)
    var arguments = site.inputs[0]
    if let like {
      let (height, width) = ("\(site.inputs[like]).shape[-2]", "\(site.inputs[like]).shape[-1]")
      arguments +=
        isSymmetric
        ? ", output_size=\(site.inputs[like]).shape[-2:]"
        : ", output_size=[\(height) + \(pad.top + pad.bottom), \(width) + \(pad.left + pad.right)]"
    }
    var form = PyTorchForm(module, at: site, calledWith: arguments)
    if !isSymmetric { form.expression += PythonText.cut(pad) }
    return form
  }
}

extension PythonText {
  /// The subscript that cuts pixels off the sides of a tensor.
  static func cut(_ sides: (top: Int, left: Int, bottom: Int, right: Int)) -> String {
    func range(_ before: Int, _ after: Int) -> String {
      "\(before == 0 ? "" : String(before)):\(after == 0 ? "" : String(-after))"
    }
    return "[:, :, \(range(sides.top, sides.bottom)), \(range(sides.left, sides.right))]"
  }
}
