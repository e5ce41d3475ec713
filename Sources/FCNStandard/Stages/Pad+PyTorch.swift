import FCNCore

extension Pad: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    // `F.pad` does not mirror or repeat whole numbers, which indexes of classes are.
    let x = site.types[0].element == .real ? site.inputs[0] : "\(site.inputs[0]).float()"
    return PyTorchForm("F.pad(\(x), \(PyTorchPadding.amounts(amount))\(border.pytorchPadArguments))")
  }
}
