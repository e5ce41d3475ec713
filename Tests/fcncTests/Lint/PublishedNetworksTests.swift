import FCNTestSupport
import Foundation
import Testing

/// What the rules say of published networks, looked through by hand: nothing is certainly wrong in any of them, joins that are
/// reported do lie apart, and so on. A change of a rule shows here.
@Suite struct PublishedNetworksTests {
  @Test func theFindingsAreThoseThatWereLookedThrough() throws {
    let result = try Tool.fcnc.run([
      "lint", "Networks", "Tests/Proof/Networks", "--isolated", "--ignore-comments", "--format", "concise",
      "--all-findings",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").filter { !$0.contains(": note: ") }
    let wrong = try ExpectedText.difference(
      lines.joined(separator: "\n") + "\n", from: Repository.file("Tests/Golden/lint/published.txt"))
    #expect(wrong == nil, "\(wrong ?? "")")
    let files = try Tool.fcnc.run(["lint", "Networks", "Tests/Proof/Networks", "--isolated", "--format", "junit"])
      .output
    #expect(files.split(separator: "\n").count { $0.contains("<testsuite ") } >= 30)
  }
}
