import FCNCore

extension AveragePool: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    let arguments = window.pytorchPoolArguments
    if let padding = window.pytorchPoolPadding {
      // Without padding there is nothing that the flag could count.
      let counts = countsPadding || !padding.contains("padding") ? "" : ", count_include_pad=False"
      return PyTorchForm("F.avg_pool2d(\(x), \(arguments)\(padding)\(counts))")
    }
    let definitions = window.pytorchFillDefinitions
    if countsPadding, definitions == [.padToCeil] {
      let pad = PyTorchPadding.amounts(window.sides)
      return PyTorchForm(
        "avg_pool_to_ceil(\(x), \(window.pytorchReach), \(pad))", definitions: definitions + [.averagePoolToCeil])
    }
    let mean = "F.avg_pool2d(\(window.pytorchFilled(x, border: Self.border)), \(arguments))"
    if countsPadding { return PyTorchForm(mean, definitions: definitions) }
    // The share of each window that lies in the image.
    let share = "F.avg_pool2d(\(window.pytorchFilled("torch.ones_like(\(x))", border: Self.border)), \(arguments))"
    return PyTorchForm("\(mean) / \(share)", isOperation: true, definitions: definitions)
  }
}

extension PythonDefinition {
  fileprivate static let averagePoolToCeil = PythonDefinition(
    "avg_pool_to_ceil",
    """
    def avg_pool_to_ceil(x, kernel, stride, pad):
        \"""The mean of each window by its pixels in `x` and in `pad` (left, right, top, bottom), not beyond.\"""
        filled = pad_to_ceil(x, kernel, stride, pad)
        counted = F.pad(torch.ones_like(x), pad, value=1)
        beyond = [filled.shape[axis] - counted.shape[axis] for axis in (-1, -2)]
        counted = F.pad(counted, [0, beyond[0], 0, beyond[1]])
        return F.avg_pool2d(filled, kernel, stride) / F.avg_pool2d(counted, kernel, stride)
    """)
}
