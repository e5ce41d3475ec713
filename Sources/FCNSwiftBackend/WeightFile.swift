import FCNCore
import FCNRuntime

extension ProgramDescription {
  /// Names what weights must fit: the steps and where their numbers begin.
  var interfaceHash: String {
    var hash = ContentHash()
    hash.add(name)
    for step in steps { hash.add("\(step.name) \(step.kernel) \(step.parameters)") }
    hash.add("\(parameterCount)")
    return hash.text
  }
}
