#!/usr/bin/env bash
# Writes Sources/CFCNRuntimeSources/fcn_sources.c: the list of the run-time support's files that the compiler carries.
# Run it after adding, renaming or removing a file of FCNRuntime or CFCNRuntime; a test fails where it was forgotten.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=Sources/CFCNRuntimeSources/fcn_sources.c
mapfile -t files < <(cd Sources && find FCNRuntime CFCNRuntime -name '*.swift' -o -name '*.c' -o -name '*.h' \
  -o -name module.modulemap | LC_ALL=C sort)
{
  echo '// Written by Tests/Scripts/list_runtime_sources.sh.'
  echo '#include "fcn_sources.h"'
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  echo
  for i in "${!files[@]}"; do
    printf 'static const unsigned char source_%d[] = {\n#embed "../%s"\n};\n' "$i" "${files[$i]}"
  done
  printf '\nstatic const fcn_source sources[] = {\n'
  for i in "${!files[@]}"; do
    printf '  {"%s", source_%d, sizeof source_%d},\n' "${files[$i]}" "$i" "$i"
  done
  printf '};\n\nsize_t fcn_source_count(void) { return sizeof sources / sizeof *sources; }\n'
  printf 'const fcn_source *fcn_source_at(size_t index) { return &sources[index]; }\n'
} > "$out"
