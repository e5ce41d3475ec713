/// The tables of a plan: allocated together with it, never changed afterwards, released with it.
struct TableMemory: ~Copyable {
  private var blocks: [UnsafeMutableRawPointer] = []

  mutating func pointers(_ count: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<Float>> {
    allocate(count, of: UnsafeMutablePointer<Float>.self)
  }

  mutating func allocate<Element>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    blocks.append(UnsafeMutableRawPointer(block))
    return block
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
