import CFCNRuntime

/// Memory for a number of elements, released with its last owner. Unlike an array it can fail to be had, so that a
/// picture that is too big is an error and not the end of the program.
public final class Memory<Element: BitwiseCopyable> {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Element>

  /// Takes memory for `count` elements, which are not initialised.
  public init(count: Int) throws(RuntimeFailure) {
    let (size, overflow) = max(count, 0).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard count >= 0, !overflow, let address = fcn_allocate(size) else {
      throw RuntimeFailure("there is not enough memory for \(count) numbers of \(MemoryLayout<Element>.stride) bytes")
    }
    self.count = count
    pointer = address.bindMemory(to: Element.self, capacity: count)
  }

  /// Owns memory that came from the C side.
  init(owning address: UnsafeMutablePointer<Element>, count: Int) {
    self.count = count
    pointer = address
  }

  deinit { fcn_release(pointer) }

  public subscript(index: Int) -> Element {
    get { pointer[index] }
    set { pointer[index] = newValue }
  }
}
