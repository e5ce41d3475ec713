import FCNCore

extension Minimum: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm { pytorch(site, function: "torch.minimum", limit: "max") }
}
