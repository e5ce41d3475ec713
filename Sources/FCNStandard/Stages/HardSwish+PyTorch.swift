import FCNCore

extension HardSwish: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("F.hardswish(\(site.inputs[0]))") }
}
