/// The names of Python that a checkpoint may use. None of them is called: what each stands for is done here.
enum PickleGlobal {
  /// `OrderedDict` and its like: a dictionary, filled later.
  case dictionary
  /// A class whose values hold plain data that no network needs.
  case data
  /// `torch.Size`: the tuple that it is made of.
  case size
  /// The class of a storage.
  case storage(TorchElement)
  case element(TorchElement)
  /// `_rebuild_tensor`, which is told the element type by the storage or, with `hasElement`, by an argument.
  case tensor(hasElement: Bool)
  /// `_rebuild_parameter`: the tensor that is its first argument.
  case parameter
  /// `_rebuild_from_type_v2`: a function, a class, the arguments of the function, and what is set on its result.
  case typedTensor

  /// - Throws: a problem that names what is not known.
  init(module: String, name: String) throws(PickleProblem) {
    if module == "torch", let element = TorchElement.all[name] {
      self = .element(element)
    } else if !name.contains("."), let known = Self.known["\(module).\(name)"] {
      self = known
    } else {
      let shown = Self.shown("\(module).\(name)")
      throw PickleProblem(
        message: "it needs `\(shown)` of Python, and code is never run to read weights",
        help: "save the tensors alone, in Python: `torch.save(model.state_dict(), \"weights.pth\")`")
    }
  }

  /// A name from a file, so that it cannot do anything to a terminal.
  private static func shown(_ name: String) -> String {
    let characters = name.unicodeScalars.prefix(120).map { $0.value > 0x20 && $0.value < 0x7F ? Character($0) : "?" }
    return String(characters) + (name.unicodeScalars.count > 120 ? "..." : "")
  }

  private static let known: [String: PickleGlobal] = {
    var known: [String: PickleGlobal] = [
      "collections.OrderedDict": .dictionary,
      "collections.defaultdict": .dictionary,
      "torch.Size": .size,
      "torch.storage.UntypedStorage": .storage(.byte),
      "torch._utils._rebuild_tensor": .tensor(hasElement: false),
      "torch._utils._rebuild_tensor_v2": .tensor(hasElement: false),
      "torch._utils._rebuild_tensor_v3": .tensor(hasElement: true),
      "torch._utils._rebuild_parameter": .parameter,
      "torch._utils._rebuild_parameter_with_state": .parameter,
      "torch._tensor._rebuild_from_type_v2": .typedTensor,
    ]
    for (name, element) in storageNames {
      known["torch.\(name)Storage"] = TorchElement.all[element].map { .storage($0) }
    }
    for name in dataNames { known[name] = .data }
    return known
  }()

  private static let storageNames = [
    "Double": "float64", "Float": "float32", "Half": "float16", "BFloat16": "bfloat16", "Long": "int64",
    "Int": "int32", "Short": "int16", "Char": "int8", "Byte": "uint8", "Bool": "bool",
    "ComplexFloat": "complex64", "ComplexDouble": "complex128",
  ]

  /// Beside the weights a training leaves its settings, its counters and the state of its random numbers.
  private static let dataNames =
    ["set", "frozenset", "bytearray", "complex", "list", "dict", "tuple", "int", "float", "bool", "str"].flatMap {
      ["builtins.\($0)", "__builtin__.\($0)"]
    }
    + ["numpy.core.multiarray", "numpy._core.multiarray"].flatMap { ["\($0).scalar", "\($0)._reconstruct"] }
    + [
      "_codecs.encode", "argparse.Namespace", "collections.Counter", "numpy.dtype", "numpy.ndarray",
      "pathlib.PosixPath", "pathlib.WindowsPath", "torch.Tensor", "torch.device", "torch.nn.parameter.Buffer",
      "torch.nn.parameter.Parameter", "torch.serialization._get_layout",
    ]
}
