"""The bill of materials of an artifact as a CycloneDX 1.6 document."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

if TYPE_CHECKING:
    from sbom.artifact import Artifact
    from sbom.package import Package

SCHEMA_VERSION = SchemaVersion.V1_6

_NAMESPACE = uuid.UUID("6f2c36b8-7d1f-5c66-9d1b-5f1f3c0f6a52")


def sbom_json(artifact: Artifact) -> str:
    """The document, ending in a newline; the same artifact gives the same document."""
    root = Component(
        type=ComponentType.CONTAINER if artifact.is_image else ComponentType.APPLICATION,
        name=artifact.name,
        bom_ref=artifact.name,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=artifact.sha256)]
        if artifact.sha256
        else [],
        components=[_component(artifact.runtime)] if artifact.runtime else [],
    )
    components = [_component(package) for package in artifact.packages]
    bom = Bom(metadata=BomMetaData(component=root), components=components)
    bom.register_dependency(root, components)
    written = make_outputter(bom, OutputFormat.JSON, SCHEMA_VERSION).output_as_string()
    document: dict[str, Any] = json.loads(written)
    # A date and a random serial number would make every document different.
    del document["metadata"]["timestamp"], document["serialNumber"]
    serial = uuid.uuid5(_NAMESPACE, json.dumps(document, sort_keys=True))
    return json.dumps({**document, "serialNumber": serial.urn}, indent=2, sort_keys=True) + "\n"


def _component(package: Package) -> Component:
    namespace, _, name = package.name.rpartition("/")
    purl = PackageURL(
        package.registry, namespace or None, name, package.version, dict(package.qualifiers)
    )
    # The lock's hashes are those of the files that may be downloaded, of which one was.
    downloads = [
        ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(purl.to_string()),
            comment="the files that the lock accepts",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha) for sha in package.sha256],
        )
    ]
    return Component(
        type=ComponentType.LIBRARY,
        group=namespace or None,
        name=name,
        version=package.version,
        purl=purl,
        bom_ref=purl.to_string(),
        licenses=[
            LicenseFactory().make_from_string(
                licence, license_acknowledgement=LicenseAcknowledgement.DECLARED
            )
            for licence in package.licences
        ],
        external_references=downloads if package.sha256 else [],
        properties=[Property(name=key, value=value) for key, value in package.properties.items()],
    )
