import FCNCore

extension ArgMax: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("\(site.inputs[0]).argmax(dim=1, keepdim=True)", isLeftToLoss: true)
  }
}
