"""What validates by a JSON schema, imported when it is used: it takes more than a second.

Each worker imports every file of tests, and few of them validate anything.
"""

from typing import Any

from click.testing import CliRunner, Result


def schema_check(schema: str, *paths: str) -> Result:
    """Run check-jsonschema on files, by a schema that comes with it."""
    from check_jsonschema import main

    return CliRunner().invoke(main, ["--builtin-schema", schema, *paths])


def validator(schema: Any) -> Any:
    """A validator by a schema of ours."""
    from jsonschema import Draft7Validator

    return Draft7Validator(schema)


def sbom_faults(made: str) -> object:
    """What a list of dependencies breaks of the schema of CycloneDX 1.6; None if nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(made)
