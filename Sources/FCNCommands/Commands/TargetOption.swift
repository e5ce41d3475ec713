import ArgumentParser
import FCNCore
import FCNDriver
import FCNSwiftBackend

/// The processor that a program, or what is said of one, is for.
struct TargetOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("native, or one of: \(Target.known.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var target = "native"

  func resolved() throws -> Target {
    if target == "native" { return Target.native }
    if let found = Target.known.first(where: { $0.name == target }) { return found }
    let suggestion = Suggestion.nearest(to: target, in: Target.known.map(\.name))
    throw Session.Failure(
      "there is no target `\(target)`",
      help: (suggestion.map { "did you mean `\($0)`; " } ?? "")
        + "targets: native, \(Target.known.map(\.name).joined(separator: ", "))")
  }
}
