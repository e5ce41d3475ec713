import FCNCore

extension Concat: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("torch.cat([\(site.inputs.joined(separator: ", "))], dim=1)")
  }
}
