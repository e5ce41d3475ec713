import FCNCore

extension SquareRoot: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { PyTorchForm("torch.sqrt(\(site.inputs[0]))") }
}
