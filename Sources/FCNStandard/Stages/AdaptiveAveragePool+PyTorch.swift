import FCNCore

extension AdaptiveAveragePool: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("F.adaptive_avg_pool2d(\(site.inputs[0]), \(PythonText.pair(size)))")
  }
}
