import FCNCore

extension Identity: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("\(site.inputs[0])") }
}
