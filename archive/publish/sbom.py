"""What the site was built with: the pinned packages, their hashes and licences, as a CycloneDX list.

CycloneDX 1.6 (ECMA-424), as JSON.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = ".sbom.cdx.json"
"""Where it stands in the site. No server hands out a file whose name begins with a dot."""
UNKNOWN = "未注明"

_PIN = re.compile(
    r"^([\w.-]+)==([^\s;\\]+)(?: *; *([^\\\n]+?))?((?: *\\\n +--hash=sha256:\w+)+)$", re.MULTILINE
)
_HASH = re.compile(r"sha256:(\w+)")
# What packages say that have no SPDX expression yet, where it means just one licence.
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
    """A licence by what the package calls it, which may be an SPDX expression."""

    name: str
    spdx: bool = False


@dataclass(frozen=True)
class Package:
    """A package as it is pinned; `needs` are the names of those it is installed with."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: Licence
    needs: tuple[str, ...]

    @property
    def url(self) -> str:
        """The package URL, which names it in every list."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(root: Path) -> list[Package]:
    """What `requirements.txt` in `root` pins for a machine like this one, by name.

    Licences are those the installed packages give.
    """
    pins = root / "requirements.txt"
    found = _pinned(pins.read_text("utf-8")) if pins.is_file() else ()
    return sorted(found, key=lambda package: package.name)


def _pinned(text: str) -> Iterator[Package]:
    for name, version, marker, hashes in _PIN.findall(text):
        if marker and not Marker(marker).evaluate():
            continue
        told = _installed(name, version)
        yield Package(
            canonicalize_name(name),
            version,
            tuple(_HASH.findall(hashes)),
            licence(told) if told else Licence(UNKNOWN),
            _needs(told) if told else (),
        )


def _installed(name: str, version: str) -> PackageMetadata | None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    return told if told["Version"] == version else None


def licence(told: PackageMetadata) -> Licence:
    """The licence by a package's metadata: the expression, or else the short names it gives."""
    if expression := told.get_all("License-Expression"):
        return Licence(expression[0], spdx=True)
    kinds = [one.split(" :: ") for one in told.get_all("Classifier") or []]
    classified = [kind[-1] for kind in kinds if kind[0] == "License"]
    field = (told.get_all("License") or [""])[0].strip()
    # Some give the whole text in the place of its name.
    short = field if len(field) <= 60 and "\n" not in field and field != "UNKNOWN" else ""
    for one in (short, *(classified if len(classified) == 1 else ())):
        if (spdx := _SPDX.get(one, one)) in _IDS:
            return Licence(spdx, spdx=True)
    return Licence(" / ".join(classified) or short or UNKNOWN)


def _needs(told: PackageMetadata) -> tuple[str, ...]:
    required = map(Requirement, told.get_all("Requires-Dist") or [])
    return tuple(
        canonicalize_name(one.name)
        for one in required
        if one.marker is None or one.marker.evaluate({"extra": ""})
    )


def bill(root: Path, found: Sequence[Package], commit: str) -> str:
    """The list of packages as CycloneDX, the same for the same packages and commit."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    urls = {package.name: package.url for package in found}
    name, version = project["name"], project["version"]
    direct = (canonicalize_name(Requirement(one).name) for one in project["dependencies"])
    needs = {name: direct, **{package.url: package.needs for package in found}}
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
    told = package.licence
    named = {"expression": told.name} if told.spdx else {"license": {"name": told.name}}
    return {
        "type": "library",
        "bom-ref": package.url,
        "name": package.name,
        "version": package.version,
        "purl": package.url,
        "licenses": [] if told.name == UNKNOWN else [named],
        # A pin names every file of the package that may be installed: a hash of one each.
        "externalReferences": [
            {
                "type": "distribution",
                "url": package.url,
                "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
            }
        ],
    }
