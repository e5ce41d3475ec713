import FCNCore

/// What it shows to compare a network with the values that were recorded from another implementation of it.
public struct Comparison: Sendable {
  public enum Status: String, Codable, Sendable {
    /// Within the tolerance.
    case ok
    /// Beyond the tolerance, but the stage gives the expected numbers for the expected inputs.
    case inherits
    /// The stage gives other numbers for the expected inputs.
    case wrong
  }

  /// A value of the network that has expected numbers.
  public struct Row: Codable, Sendable {
    /// The name of the expected array.
    public var array: String
    /// The unique name of the value.
    public var value: String
    /// The name of the stage that gives it; `input` for an input of the network.
    public var stage: String
    /// `file:line:column`
    public var place: String?
    /// Channels, rows, columns.
    public var shape: [Int]
    public var expectedShape: [Int]
    /// The greatest difference; absent where the shapes differ.
    public var error: Float?
    /// The greatest difference as a part of the range of the expected numbers.
    public var relativeError: Float?
    /// The same for the value computed from the expected values before it; absent where that gives no such shape.
    public var ownError: Float?
    public var status: Status
  }

  /// An array that was not compared.
  public struct Leftover: Codable, Sendable {
    public var array: String
    /// In words that follow the name of the array.
    public var reason: String
  }

  public var network: String
  public var tolerance: Float
  /// In the order of the network.
  public var rows: [Row]
  public var leftovers: [Leftover]
  /// One for every value that is wrong, in the order of the network; or one that says where differences have grown
  /// beyond the tolerance.
  public var findings: [Diagnostic]

  public var isClean: Bool { rows.allSatisfy { $0.status == .ok } }
}
