import FCNCore

extension Sigmoid: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("torch.sigmoid(\(site.inputs[0]))", isLeftToLoss: true)
  }
}
