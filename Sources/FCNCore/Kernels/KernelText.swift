/// The types that all kernels speak of.
public enum KernelText {
  public static let arguments = "UnsafePointer<fcn_kernel_arguments>"
  public static let pointer = "UnsafePointer<Float>"
  public static let mutablePointer = "UnsafeMutablePointer<Float>"
  public static let rows = "UnsafePointer<UnsafePointer<Float>>"
  public static let mutableRows = "UnsafePointer<UnsafeMutablePointer<Float>>"

  /// The function of the kernel itself: `body` is written inside.
  public static func function(_ name: String, into writer: inout SwiftWriter, _ body: (inout SwiftWriter) -> Void) {
    writer.line("@_cdecl(\"\(name)\")")
    writer.block("public func \(name)(_ a: \(arguments), _ begin: Int, _ end: Int)", body)
  }
}
