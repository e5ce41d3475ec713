import FCNCore

extension ReLU6: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("F.relu6(\(site.inputs[0]))") }
}
