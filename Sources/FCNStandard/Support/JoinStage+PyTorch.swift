import FCNCore

extension JoinStage {
  /// The operands with an operator between them.
  func pytorch(_ site: PyTorchSite, infix: String) -> PyTorchForm {
    var operands = site.inputs
    if let number {
      // Without the parentheses, `x - -1` and `-1 / x` would read badly.
      let text = number < 0 ? "(\(PythonText.of(number)))" : PythonText.of(number)
      operands.insert(text, at: isReversed ? 0 : 1)
    }
    return PyTorchForm(operands.joined(separator: " \(infix) "), isOperation: true)
  }

  /// A function of two tensors, applied from left to right; with a number, the limit of that name to `torch.clamp`.
  func pytorch(_ site: PyTorchSite, function: String, limit: String) -> PyTorchForm {
    if let number { return PyTorchForm("torch.clamp(\(site.inputs[0]), \(limit)=\(PythonText.of(number)))") }
    return PyTorchForm(site.inputs.dropFirst().reduce(site.inputs[0]) { "\(function)(\($0), \($1))" })
  }
}
