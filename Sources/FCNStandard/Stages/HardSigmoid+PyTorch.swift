import FCNCore

extension HardSigmoid: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("F.hardsigmoid(\(site.inputs[0]))") }
}
