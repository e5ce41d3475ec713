import ArgumentParser

/// In commands these words mean the argument parser's; FCNCore has an `Argument` of its own.
typealias Argument = ArgumentParser.Argument
