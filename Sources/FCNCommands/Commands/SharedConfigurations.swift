import FCNCore
import FCNDriver

/// Configurations that a search and a run share.
final class SharedConfigurations {
  private var configurations: Configurations

  init(_ configurations: Configurations) { self.configurations = configurations }

  func of(_ path: String) throws(Session.Failure) -> LintConfiguration { try configurations.configuration(for: path) }

  var findings: [Diagnostic] { configurations.findings }
}
