/// A stage that says what it is in PyTorch, for `fcnc export --to pytorch`.
///
/// A pointwise stage without weights needs none: its formula is written.
public protocol PyTorchExportable: Stage {
  /// - Throws: a rejection where these settings have no form in PyTorch.
  func pytorch(_ site: PyTorchSite) throws(Rejection) -> PyTorchForm
}

/// Where a stage is used, for its form in PyTorch.
public struct PyTorchSite: Sendable {
  /// The types of the inputs. In PyTorch all are tensors of N x C x H x W.
  public var types: [TensorType]

  public init(types: [TensorType]) { self.types = types }

  /// What stands for each input in an expression. An input that an expression has twice gets a name first.
  public var inputs: [String] { types.indices.map(Self.placeholder) }

  /// What stands for the module with the weights, in an expression.
  public var module: String { Self.module }

  /// Characters of the private use area occur in no expression otherwise.
  public static func placeholder(forInput index: Int) -> String {
    String(Character(Unicode.Scalar(0xF0001 + UInt32(index)) ?? "\u{FFFD}"))
  }

  public static let module = "\u{F0000}"
}
