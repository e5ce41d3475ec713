import FCNCore

extension Crop: PyTorchExportable {
  public func pytorch(_ site: PyTorchSite) -> PyTorchForm {
    let x = site.inputs[0]
    switch placement {
    case .sides(let top, let left, let bottom, let right):
      return PyTorchForm(x + PythonText.cut((top, left, bottom, right)))
    case .aligned(let size): return part(of: x, size, "0, 0", site)
    case .offset(let size, let rows, let columns): return part(of: x, size, "\(rows), \(columns)", site)
    case .centre(let size):
      return PyTorchForm(
        "center_crop(\(x), \(size.pytorch(site)))", definitions: [PythonDefinition.crop, PythonDefinition.centerCrop])
    }
  }

  private func part(of x: String, _ size: WantedSize, _ offset: String, _ site: PyTorchSite) -> PyTorchForm {
    PyTorchForm("crop(\(x), \(size.pytorch(site)), \(offset))", definitions: [PythonDefinition.crop])
  }
}

extension WantedSize {
  /// The size as a Python sequence of rows and columns.
  func pytorch(_ site: PyTorchSite) -> String {
    switch self {
    case .like(let index): "\(site.inputs[index]).shape[-2:]"
    case .fixed(let rows, let columns): "(\(rows), \(columns))"
    }
  }
}

extension PythonDefinition {
  fileprivate static let crop = PythonDefinition(
    "crop",
    """
    def crop(x, size, top, left):
        \"""The part of `x` of `size` (rows, columns) that begins at a row and column.\"""
        return x[:, :, top : top + size[0], left : left + size[1]]
    """)

  fileprivate static let centerCrop = PythonDefinition(
    "center_crop",
    """
    def center_crop(x, size):
        return crop(x, size, (x.shape[-2] - size[0]) // 2, (x.shape[-1] - size[1]) // 2)
    """)
}
