import FCNCore

extension GlobalMean: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("\(site.inputs[0]).mean(dim=(2, 3), keepdim=True)")
  }
}
