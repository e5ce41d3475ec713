import FCNCore

extension Dense: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) throws(Rejection) -> PyTorchForm {
    guard let count = site.types[0].constantCount else {
      throw Rejection(
        "`dense` over a map has weights for one size of image, which is not known",
        help: "give the size with `--input-size HEIGHTxWIDTH`, or make convolutions of dense layers by `fcnc fix`")
    }
    let linear = PyTorchModule(
      "nn.Linear",
      [
        .init(channels: "in_features", count), .init(channels: "out_features", units),
        .init("bias", PythonText.of(hasBias), default: "True"),
      ],
      initialization: [#"nn.init.kaiming_normal_(module.weight, nonlinearity="relu")"#] + PyTorchModule.noBias)
    return PyTorchForm("\(site.module)(\(site.inputs[0]).flatten(1))[:, :, None, None]", module: linear)
  }
}

extension PyTorchModule {
  /// Starts a bias, where there is one, at zero.
  static let noBias = ["if module.bias is not None:", "    nn.init.zeros_(module.bias)"]
}
