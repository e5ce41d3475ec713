import FCNCore

extension Softmax: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("torch.softmax(\(site.inputs[0]), dim=1)", isLeftToLoss: true)
  }
}
