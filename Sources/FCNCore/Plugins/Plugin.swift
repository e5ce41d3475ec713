/// A set of extensions of the compiler. The built-in ones are registered in exactly this way.
public protocol Plugin: SendableMetatype {
  static var name: String { get }
  static func register(in registry: inout Registry)
}
