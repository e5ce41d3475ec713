import FCNCore

extension BatchNorm: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm(
      PyTorchModule(
        "nn.BatchNorm2d",
        [
          .init(channels: "num_features", site.types[0].channels), .init("eps", PythonText.of(eps), default: "1e-5"),
          .init("affine", PythonText.of(isAffine), default: "True"),
        ]), at: site)
  }
}
