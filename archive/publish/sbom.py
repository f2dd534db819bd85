"""List the pinned packages the site was built with, with hashes and licences (CycloneDX 1.6, JSON).

CycloneDX is the standard ECMA-424.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from functools import cache
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, metadata
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid5

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from archive.files.own_files import PACKAGE

NAME = ".sbom.cdx.json"
"""Its path in the site. Web servers are set up not to serve files whose names begin with a dot."""
UNKNOWN = "未注明"

_PIN = re.compile(
    r"^([\w.-]+)==([^\s;\\]+)(?: *; *([^\\\n]+?))?((?: *\\\n +--hash=sha256:\w+)+)$", re.MULTILINE
)
_HASH = re.compile(r"sha256:(\w+)")
# Licence names used by packages without an SPDX expression, where the name means just one licence.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_IDS = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0"}


@dataclass(frozen=True)
class Licence:
    """A licence as the package names it; `spdx` if the name is an SPDX expression."""

    name: str
    spdx: bool = False


@dataclass(frozen=True)
class Package:
    """A pinned package; `needs` are the names of the packages it requires."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: Licence
    needs: tuple[str, ...]

    @property
    def url(self) -> str:
        """The package URL (purl), its identifier in CycloneDX."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(pins: Path) -> list[Package]:
    """The packages that the file `pins` pins for this platform, sorted by name.

    Licences come from the installed packages.
    """
    return list(_packages(pins.read_text("utf-8")))


@cache
def _packages(pins: str) -> tuple[Package, ...]:
    """What is installed stays as it is while a process runs."""
    return tuple(sorted(_pinned(pins), key=lambda package: package.name))


def program() -> PackageMetadata:
    """What is said of the program itself where it is installed."""
    return metadata(PACKAGE)


def _pinned(text: str) -> Iterator[Package]:
    for name, version, marker, hashes in _PIN.findall(text):
        if marker and not Marker(marker).evaluate():
            continue
        found = _installed(name, version)
        yield Package(
            canonicalize_name(name),
            version,
            tuple(_HASH.findall(hashes)),
            licence(found) if found else Licence(UNKNOWN),
            _needs(found) if found else (),
        )


def _installed(name: str, version: str) -> PackageMetadata | None:
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return None
    # Below the fields stands the whole description, which takes longer to read than they do.
    fields, _, _ = (installed.read_text("METADATA") or "").partition("\n\n")
    found = cast("PackageMetadata", HeaderParser().parsestr(fields))
    return found if found["Version"] == version else None


def licence(metadata: PackageMetadata) -> Licence:
    """The licence in a package's metadata: its SPDX expression, or else the names it gives."""
    if expression := metadata.get_all("License-Expression"):
        return Licence(expression[0], spdx=True)
    kinds = [one.split(" :: ") for one in metadata.get_all("Classifier") or []]
    classified = [kind[-1] for kind in kinds if kind[0] == "License"]
    field = (metadata.get_all("License") or [""])[0].strip()
    # Some packages give the whole text of the licence instead of its name.
    short = field if len(field) <= 60 and "\n" not in field and field != "UNKNOWN" else ""
    for one in (short, *(classified if len(classified) == 1 else ())):
        if (spdx := _SPDX.get(one, one)) in _IDS:
            return Licence(spdx, spdx=True)
    return Licence(" / ".join(classified) or short or UNKNOWN)


def _needs(metadata: PackageMetadata) -> tuple[str, ...]:
    required = map(Requirement, metadata.get_all("Requires-Dist") or [])
    return tuple(
        canonicalize_name(one.name)
        for one in required
        if one.marker is None or one.marker.evaluate({"extra": ""})
    )


def sbom_text(program: PackageMetadata, found: Sequence[Package], commit: str) -> str:
    """The packages as CycloneDX JSON; the same packages and commit give the same text."""
    urls = {package.name: package.url for package in found}
    name, version = program["Name"], program["Version"]
    needs = {name: _needs(program), **{package.url: package.needs for package in found}}
    made: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": name,
                "name": name,
                "version": version,
                "properties": [{"name": "commit", "value": commit}],
            },
        },
        "components": [_component(package) for package in found],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted({urls[one] for one in names if one in urls})}
            for ref, names in needs.items()
        ],
    }
    serial = uuid5(UUID(int=0), json.dumps(made, ensure_ascii=False))
    text = {**made, "serialNumber": f"urn:uuid:{serial}"}
    return json.dumps(text, ensure_ascii=False, indent=1) + "\n"


def _component(package: Package) -> dict[str, Any]:
    name = package.licence.name
    named = {"expression": name} if package.licence.spdx else {"license": {"name": name}}
    return {
        "type": "library",
        "bom-ref": package.url,
        "name": package.name,
        "version": package.version,
        "purl": package.url,
        "licenses": [] if name == UNKNOWN else [named],
        # One hash for each file of the package that may be installed.
        "externalReferences": [
            {
                "type": "distribution",
                "url": package.url,
                "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
            }
        ],
    }
