import FCNCore

extension ReLU: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("F.relu(\(site.inputs[0]))") }
}
