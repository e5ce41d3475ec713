import FCNCore
import FCNRuntime

/// Everything that is known of a network without running it, for people and programs.
public struct Explanation: Codable, Sendable {
  /// A value of the network, or what a convolution and the pointwise stages behind it give.
  public struct Row: Codable, Sendable {
    /// Its unique name.
    public var name: String
    /// The stages that make it, in their order.
    public var stages: [String]
    public var channels: Int
    public var height: String
    public var width: String
    /// Along rows and columns; absent where the value has no place: one pixel for the whole image.
    public var stride: Pair?
    public var offset: Pair?
    /// In input pixels; absent where every position depends on the whole image.
    public var receptiveField: Pair?
  }

  /// The same thing along both axes.
  public struct Pair: Codable, Sendable, Equatable {
    public var rows: String
    public var columns: String

    /// One text where both are the same.
    public var text: String { rows == columns ? rows : "\(rows) x \(columns)" }
  }

  /// Whether an output has a property, and if not which stages are why.
  public struct Property: Codable, Sendable {
    public struct Reason: Codable, Sendable {
      public var stage: String
      public var value: String
      public var text: String
      /// `file:line:column`
      public var place: String?
    }

    public var holds: Bool
    public var reasons: [Reason]
  }

  public struct Halo: Codable, Sendable, Equatable {
    public var before: String
    public var after: String
  }

  /// What a part of an output needs of the input beyond the pixels that it covers.
  public struct Bands: Codable, Sendable {
    public var anywhere: Halo
    public var aligned: Halo
    /// Parts that begin and end at multiples of this many positions need only `aligned`.
    public var alignment: Int
  }

  public struct Output: Codable, Sendable {
    public var name: String
    public var channels: Int
    public var height: String
    public var width: String
    public var acceptedHeights: String
    public var acceptedWidths: String
    public var size: Property
    public var equivariant: Property
    public var local: Property
    public var stride: Pair?
    public var offset: Pair?
    public var receptiveField: Pair?
    public var rows: Bands?
    public var columns: Bands?
  }

  /// What was worked out for one image size.
  public struct Sized: Codable, Sendable {
    public struct Border: Codable, Sendable {
      public var output: String
      public var height: Int
      public var width: Int
      /// Rows and columns at each side that have seen an edge of the image; absent where all have.
      public var top: Int?
      public var bottom: Int?
      public var left: Int?
      public var right: Int?
      /// The most stages through which a row or column has.
      public var stages: Int
    }

    public var height: Int
    public var width: Int
    public var multiplyAdds: Double
    /// The bytes of the values in a program; absent where there is none.
    public var memory: Int?
    public var borders: [Border]
  }

  public var network: String
  public var file: String
  public var isFullyConvolutional: Bool
  public var inputs: [Row]
  public var values: [Row]
  public var outputs: [Output]
  /// Joins whose inputs do not lie at one place.
  public var misaligned: [String]
  public var parameters: Int
  public var multiplyAdds: String
  public var memory: String?
  public var memoryPeak: String?
  /// Why it cannot be compiled.
  public var refusal: String?
  public var sizes: [Sized]
}
