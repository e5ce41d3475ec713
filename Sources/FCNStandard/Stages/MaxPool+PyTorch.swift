import FCNCore

extension MaxPool: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    let arguments = window.pytorchPoolArguments
    if let padding = window.pytorchPoolPadding {
      return PyTorchForm("F.max_pool2d(\(x), \(arguments)\(padding))")
    }
    // With a border of its own, PyTorch would pad at most half a window, and both sides alike.
    return PyTorchForm(
      "F.max_pool2d(\(window.pytorchFilled(x, border: Self.border)), \(arguments))",
      definitions: window.pytorchFillDefinitions)
  }
}
