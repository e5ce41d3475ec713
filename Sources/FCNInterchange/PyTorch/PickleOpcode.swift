/// The instructions of Python's pickles that checkpoints are made of: those of the protocols 2 to 5 that Python's pickler
/// writes, without the ones that name a class in the text forms of protocol 0.
///
/// Format: `pickletools` of Python's library.
enum PickleOpcode: UInt8 {
  case mark = 0x28
  case emptyTuple = 0x29
  case stop = 0x2E
  case pop = 0x30
  case popMark = 0x31
  case duplicate = 0x32
  case bytes32 = 0x42
  case bytes8 = 0x43
  case real = 0x47
  case signed32 = 0x4A
  case unsigned8 = 0x4B
  case unsigned16 = 0x4D
  case none = 0x4E
  case persistentID = 0x51
  case reduce = 0x52
  case text32 = 0x58
  case emptyList = 0x5D
  case append = 0x61
  case build = 0x62
  case global = 0x63
  case appends = 0x65
  case get8 = 0x68
  case get32 = 0x6A
  case put8 = 0x71
  case put32 = 0x72
  case setItem = 0x73
  case tuple = 0x74
  case setItems = 0x75
  case emptyDictionary = 0x7D
  case version = 0x80
  case newObject = 0x81
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case yes = 0x88
  case no = 0x89
  case long8 = 0x8A
  case long32 = 0x8B
  case text8 = 0x8C
  case text64 = 0x8D
  case bytes64 = 0x8E
  case emptySet = 0x8F
  case addItems = 0x90
  case frozenSet = 0x91
  case newObjectWithKeywords = 0x92
  case stackGlobal = 0x93
  case memoize = 0x94
  case frame = 0x95
  case byteArray64 = 0x96
}
