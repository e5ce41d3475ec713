/// A small input and what the reference interpreter gives for it, put into a program when it is built, with a checksum
/// of its weights.
public struct SelfTest: Sendable {
  public var height: Int
  public var width: Int
  /// The checksum that `checksum(of:)` gives for the program's parameters.
  public var parameterChecksum: Int
  /// The numbers of each input and output, channel by channel, row by row.
  public var inputs: [[Float]]
  public var outputs: [[Float]]

  /// The largest difference that passes, as a part of the range of an output.
  public static let tolerance: Float = 1e-4

  public init(height: Int, width: Int, parameterChecksum: Int, inputs: [[Float]], outputs: [[Float]]) {
    self.height = height
    self.width = width
    self.parameterChecksum = parameterChecksum
    self.inputs = inputs
    self.outputs = outputs
  }

  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write([height, width, parameterChecksum])
    writer.write(inputs.count)
    for numbers in inputs { writer.write(numbers) }
    writer.write(outputs.count)
    for numbers in outputs { writer.write(numbers) }
    return writer.sealed()
  }

  /// - Returns: nil where the bytes hold no self-test, or a damaged one.
  public init?(encoded bytes: UnsafeBufferPointer<UInt8>) {
    guard var reader = ByteReader(sealed: bytes) else { return nil }
    let head = reader.integers()
    guard head.count == 3 else { return nil }
    self.init(height: head[0], width: head[1], parameterChecksum: head[2], inputs: [], outputs: [])
    for _ in 0..<reader.count() { inputs.append(reader.floats()) }
    for _ in 0..<reader.count() { outputs.append(reader.floats()) }
    if reader.hasFailed { return nil }
  }

  /// FNV-1a over the bits of the numbers, four at a time.
  public static func checksum(of numbers: UnsafePointer<Float>, count: Int) -> Int {
    var checksum = Checksum()
    checksum.add(numbers, count: count)
    return checksum.value
  }

  /// The checksum of numbers that come part by part; every part but the last is a multiple of four long.
  public struct Checksum {
    private var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    private static let prime: UInt64 = 0x100_0000_01b3

    public init() {}

    public mutating func add(_ numbers: [Float]) {
      numbers.withUnsafeBufferPointer { part in
        if let start = part.baseAddress { add(start, count: part.count) }
      }
    }

    mutating func add(_ numbers: UnsafePointer<Float>, count: Int) {
      let prime = Checksum.prime
      var index = 0
      while index + 4 <= count {
        sums.0 = (sums.0 ^ UInt64(numbers[index].bitPattern)) &* prime
        sums.1 = (sums.1 ^ UInt64(numbers[index + 1].bitPattern)) &* prime
        sums.2 = (sums.2 ^ UInt64(numbers[index + 2].bitPattern)) &* prime
        sums.3 = (sums.3 ^ UInt64(numbers[index + 3].bitPattern)) &* prime
        index += 4
      }
      while index < count {
        sums.0 = (sums.0 ^ UInt64(numbers[index].bitPattern)) &* prime
        index += 1
      }
    }

    public var value: Int {
      var total = sums.0
      total = (total ^ sums.1) &* Checksum.prime
      total = (total ^ sums.2) &* Checksum.prime
      total = (total ^ sums.3) &* Checksum.prime
      return Int(Int64(bitPattern: total))
    }
  }
}
