/// A form in which weights are stored.
public protocol WeightFormat: Sendable {
  var name: String { get }
  var fileExtensions: [String] { get }
  /// Opens a file and checks everything that can be checked without reading the numbers.
  func open(path: String) throws(WeightFileError) -> any WeightSource
}

/// An opened weight file.
public protocol WeightSource: Sendable {
  var path: String { get }
  /// What is inside, in the order of the file; no two have one name.
  var tensors: [WeightTensorDescription] { get }
  /// The numbers of a tensor as 32-bit floats.
  /// - Throws: where a number is NaN or infinite, or the file changed since it was opened.
  func read(_ name: String) throws(WeightFileError) -> WeightTensor
}

public struct WeightTensorDescription: Hashable, Sendable {
  public var name: String
  public var shape: [Int]
  /// As the format spells it: `F32`, `BF16` ...
  public var elementType: String
  /// Which of the state dicts of a file the tensor is in, where there may be several: the key that leads to it. The name
  /// begins with it and a dot. Empty for a tensor at the top.
  public var stateDict: String

  public init(name: String, shape: [Int], elementType: String, stateDict: String = "") {
    self.name = name
    self.shape = shape
    self.elementType = elementType
    self.stateDict = stateDict
  }
}

/// Why a weight file cannot be used: what is wrong, where in the file, and what to do.
public struct WeightFileError: Error, Sendable {
  public var path: String
  public var message: String
  public var help: String?

  public init(path: String, message: String, help: String? = nil) {
    self.path = path
    self.message = message
    self.help = help
  }
}
