import FCNCore

extension Tanh: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("torch.tanh(\(site.inputs[0]))") }
}
