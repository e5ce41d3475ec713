import Foundation
import Synchronization

/// Threads with room for deeply nested texts: those of the system's queues have an eighth of a main thread's.
final class Workers<Element: Sendable, Result: Sendable>: Sendable {
  private let elements: [Element]
  private let body: @Sendable (Element) -> Result
  private let results: Mutex<[Result?]>
  private let next = Atomic(0)

  private init(_ elements: [Element], _ body: @escaping @Sendable (Element) -> Result) {
    self.elements = elements
    self.body = body
    results = Mutex(Array(repeating: nil, count: elements.count))
  }

  /// The results in the order of the elements.
  static func map(
    _ elements: [Element], threads: Int, _ body: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let count = min(max(1, threads), elements.count)
    guard count > 1 else { return elements.map(body) }
    let workers = Workers(elements, body)
    let done = DispatchSemaphore(value: 0)
    for _ in 0..<count {
      let thread = Thread {
        workers.work()
        done.signal()
      }
      thread.stackSize = 16 << 20
      thread.start()
    }
    for _ in 0..<count { done.wait() }
    return workers.results.withLock { $0.compactMap { $0 } }
  }

  private func work() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < elements.count else { return }
      let result = body(elements[index])
      results.withLock { $0[index] = result }
    }
  }
}
