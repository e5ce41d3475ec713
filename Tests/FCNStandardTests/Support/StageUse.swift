import FCNCore
import FCNStandard

/// Makes a stage as the compiler does: by name, with the signature's defaults filled in.
func makeStage(_ name: String, _ arguments: [String: Argument] = [:]) throws -> any Stage {
  let registry = Registry([StandardPlugin.self])
  guard let type = registry.stages[name] else { throw UnknownStage(name: name) }
  var values = arguments
  for parameter in type.signature.parameters where values[parameter.name] == nil {
    switch parameter.defaultValue {
    case .value(let value): values[parameter.name] = value
    case .optional: break
    case .required: throw MissingArgument(stage: name, name: parameter.name)
    }
  }
  return try type.init(Arguments(values))
}

struct UnknownStage: Error { var name: String }
struct MissingArgument: Error { var stage: String, name: String }
