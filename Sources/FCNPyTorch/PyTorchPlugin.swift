import FCNCore

/// Networks as PyTorch modules.
public enum PyTorchPlugin: Plugin {
  public static let name = "pytorch"

  public static func register(in registry: inout Registry) { registry.register(PyTorchExporter()) }
}
