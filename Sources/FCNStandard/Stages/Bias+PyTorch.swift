import FCNCore

extension Bias: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let channels = PyTorchModule.Argument(channels: "channels", site.types[0].channels)
    return PyTorchForm(
      PyTorchModule("Scale", [channels, .init("weight", "False", default: "True")]), at: site, definitions: [.scale])
  }
}
