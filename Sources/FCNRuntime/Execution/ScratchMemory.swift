import CFCNRuntime

/// Memory that kernels use while they run, a part for each thread; one serves all steps of a program.
struct ScratchMemory {
  private let memory: UnsafeMutableRawPointer
  /// Floats from one thread's part to the next: whole cache lines, and not whole pages, or the parts would compete.
  private let stride: Int

  /// - Returns: nil where memory is short.
  init?(floats: Int, threads: Int) {
    stride = (floats + 31) / 16 * 16 + 16
    guard let memory = fcn_allocate(stride * threads * 4) else { return nil }
    self.memory = memory
  }

  func ofThread(_ thread: Int) -> UnsafeMutablePointer<Float> {
    memory.assumingMemoryBound(to: Float.self) + thread * stride
  }

  func release() { fcn_release(memory) }
}
