import FCNCore

/// The forms in which networks and weights are exchanged with other frameworks.
public enum InterchangePlugin: Plugin {
  public static let name = "interchange"

  public static let weightFormats: [any WeightFormat] = [NPZFormat(), PyTorchFormat(), SafetensorsFormat()]

  public static func register(in registry: inout Registry) {
    for format in weightFormats { registry.register(format) }
  }
}
