import FCNCore

/// Networks as YAML files.
public enum YAMLPlugin: Plugin {
  public static let name = "yaml"

  public static func register(in registry: inout Registry) {
    registry.register(YAMLFrontEnd())
  }
}
