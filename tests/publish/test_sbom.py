"""The list of what the site was built with: valid CycloneDX, whole, every licence known."""

import json
from email.message import Message
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from archive.commands.cli import main
from archive.facts.project import Project
from archive.files.own_files import PROGRAM
from archive.publish import manifest, write_manifest
from archive.publish.sbom import NAME, UNKNOWN, Licence, Package, licence, packages, sbom_text
from tests.conftest import AS_OF, FROZEN, ROOT
from tests.samples.schema_check import sbom_faults

A, B = "a" * 64, "b" * 64


def message(*fields: tuple[str, str]) -> Any:
    made = Message()
    for name, value in fields:
        made[name] = value
    return cast(Any, made)


SITE = message(
    ("Name", "site"),
    ("Version", "1.2"),
    ("Requires-Dist", "Click==8.*"),
    ("Requires-Dist", "absent>=1"),
    ("Requires-Dist", "other; extra == 'dev'"),
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "x")], Licence("MIT OR Apache-2.0", spdx=True)),
        ([("License", "MIT")], Licence("MIT", spdx=True)),
        ([("License", "Apache Software License")], Licence("Apache-2.0", spdx=True)),
        (
            [("License", "UNKNOWN"), ("Classifier", "License :: OSI Approved :: MIT License"), ("Classifier", "Topic :: x")],
            Licence("MIT", spdx=True),
        ),
        ([("Classifier", "License :: OSI Approved :: BSD License")], Licence("BSD License")),
        (
            [("License", "Copyright\nwhole text"), ("Classifier", "License :: OSI Approved :: ISC License (ISCL)")],
            Licence("ISC", spdx=True),
        ),
        (
            [("Classifier", "License :: A"), ("Classifier", "License :: OSI Approved :: MIT License")],
            Licence("A / MIT License"),
        ),
        ([("License", "Artistic License")], Licence("Artistic License")),
        ([], Licence(UNKNOWN)),
    ],
)  # fmt: skip
def test_licences(fields: list[tuple[str, str]], expected: Licence) -> None:
    assert licence(message(*fields)) == expected


def test_pins(tmp_path: Path) -> None:
    pins = f"""zzz-absent==1.0.post1 \\
    --hash=sha256:{B}
click==0.1 ; python_full_version >= '3.11' \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
only-elsewhere==1 ; sys_platform == 'plan9' \\
    --hash=sha256:{A}
"""
    file = tmp_path / "requirements.txt"
    file.write_text(pins, "utf-8")
    assert packages(file) == [
        Package("click", "0.1", (A, B), Licence(UNKNOWN), ()),
        Package("zzz-absent", "1.0.post1", (B,), Licence(UNKNOWN), ()),
    ]


def test_the_list() -> None:
    found = [
        Package("click", "8.1", (A, B), Licence("MIT OR ISC", spdx=True), ("other", "absent")),
        Package("other", "1", (A,), Licence("BSD License"), ()),
        Package("third", "1", (A,), Licence(UNKNOWN), ()),
    ]
    made = sbom_text(SITE, found, "0123")
    assert sbom_faults(made) is None
    assert made == sbom_text(SITE, found, "0123") != sbom_text(SITE, found, "0124")
    sbom = json.loads(made)
    assert sbom.pop("serialNumber").startswith("urn:uuid:")

    def component(name: str, version: str, licenses: list[Any], *hashes: str) -> dict[str, Any]:
        url = f"pkg:pypi/{name}@{version}"
        sbom = [{"alg": "SHA-256", "content": each} for each in hashes]
        return {
            "type": "library", "bom-ref": url, "name": name, "version": version, "purl": url,
            "licenses": licenses,
            "externalReferences": [{"type": "distribution", "url": url, "hashes": sbom}],
        }  # fmt: skip

    assert sbom == {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application", "bom-ref": "site", "name": "site", "version": "1.2",
                "properties": [{"name": "commit", "value": "0123"}],
            },
        },
        "components": [
            component("click", "8.1", [{"expression": "MIT OR ISC"}], A, B),
            component("other", "1", [{"license": {"name": "BSD License"}}], A),
            component("third", "1", [], A),
        ],
        "dependencies": [
            {"ref": "site", "dependsOn": ["pkg:pypi/click@8.1"]},
            {"ref": "pkg:pypi/click@8.1", "dependsOn": ["pkg:pypi/other@1"]},
            {"ref": "pkg:pypi/other@1", "dependsOn": []},
            {"ref": "pkg:pypi/third@1", "dependsOn": []},
        ],
    }  # fmt: skip


def test_the_project_itself(tmp_path: Path) -> None:
    write_manifest(tmp_path, Project(FROZEN, FROZEN / "data", AS_OF))
    made = (tmp_path / NAME).read_text("utf-8")
    assert sbom_faults(made) is None
    sealed = manifest.read(tmp_path)
    assert sealed
    assert sealed.files.keys() == {NAME}
    found = packages(PROGRAM / "requirements.txt")
    assert {package.name for package in found} > {"mkdocs", "mkdocs-material", "typst", "pydantic"}
    assert [package.name for package in found if package.licence.name == UNKNOWN] == []
    assert all(package.hashes for package in found)
    # With what makes the pages in place of MkDocs, if that was chosen.
    other = {package.name for package in packages(PROGRAM / "requirements-engines.txt")}
    assert other >= {"properdocs", "zensical"} | {package.name for package in found}
    # Everything installed is needed by something that is.
    sbom = json.loads(made)
    needed = {url for each in sbom["dependencies"] for url in each["dependsOn"]}
    assert {package.url for package in found} - needed == {
        package.url for package in found if package.name == "setuptools"
    }


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    listed = CliRunner().invoke(main, ["sbom"])
    assert listed.exit_code == 0
    assert "mkdocs\t1.6.1\tBSD-2-Clause\n" in listed.stdout
    as_json = CliRunner().invoke(main, ["sbom", "--json"])
    assert len(json.loads(as_json.stdout)["components"]) == len(listed.stdout.splitlines())
    monkeypatch.chdir(tmp_path)
    elsewhere = CliRunner().invoke(main, ["sbom"])
    assert elsewhere.exit_code == 1
    assert "须在站点根目录（有 mkdocs.yml 的目录）下运行" in elsewhere.stderr
