"""What manifests must have that Kubernetes' own schema does not ask for.

A rule takes the manifests of a deployment and yields a line for each breach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]
Rule = Callable[[list[Json]], Iterator[str]]

COMPONENT = "app.kubernetes.io/component"
VERSION = "app.kubernetes.io/version"
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\$\{?[A-Z]|\bDOMAIN\b|\bexample\.(com|net|org)\b")
_PINNED = re.compile(r"@sha256:[0-9a-f]{64}$|:(?!latest$)[\w.-]+$")


class Workload(NamedTuple):
    """What makes pods: its kind, its name and its pods' metadata and specification."""

    kind: str
    name: str
    metadata: Json
    pod: Json

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def workloads(manifests: list[Json]) -> Iterator[Workload]:
    """All that makes pods."""
    for manifest in manifests:
        spec = manifest.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            metadata = template.get("metadata", {})
            yield Workload(manifest["kind"], _name(manifest), metadata, template["spec"])


def of_kind(manifests: list[Json], *kinds: str) -> list[Json]:
    return [manifest for manifest in manifests if manifest["kind"] in kinds]


def nothing_is_unset(manifests: list[Json]) -> Iterator[str]:
    """Refuses what a template engine, or a person, forgot to replace."""
    for manifest in manifests:
        if manifest["kind"] != "ConfigMap":  # scripts, which have variables of their own
            for text in _strings(manifest):
                if _PLACEHOLDER.search(text):
                    yield f"{manifest['kind']} {_name(manifest)} has {text!r}"


def services_are_inside(manifests: list[Json]) -> Iterator[str]:
    """Refuses a port on every node: the only way in is the Ingress."""
    for service in of_kind(manifests, "Service"):
        if service["spec"].get("type", "ClusterIP") != "ClusterIP":
            yield f"Service {_name(service)} is a {service['spec']['type']}"


def images_are_pinned(manifests: list[Json]) -> Iterator[str]:
    for workload, container in _containers(manifests):
        if not _PINNED.search(container["image"]):
            yield f"{workload} has the image {container['image']}"


def what_serves_has_probes(manifests: list[Json]) -> Iterator[str]:
    for workload in workloads(manifests):
        if workload.kind not in {"Deployment", "StatefulSet"}:
            continue
        for container in workload.pod["containers"]:
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                if probe not in container:
                    yield f"{workload} has no {probe}"


def resources_are_limited(manifests: list[Json]) -> Iterator[str]:
    for workload, container in _containers(manifests):
        for kind in ("requests", "limits"):
            for resource in ("cpu", "memory"):
                if resource not in container.get("resources", {}).get(kind, {}):
                    yield f"{workload} has no {kind} for {resource}"


def pods_are_restricted(manifests: list[Json]) -> Iterator[str]:
    """Refuses what the level `restricted` of Pod Security does, and more.

    https://kubernetes.io/docs/concepts/security/pod-security-standards/
    """
    for workload in workloads(manifests):
        wanted = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
        if not wanted.items() <= workload.pod.get("securityContext", {}).items():
            yield f"{workload} may run as root, or without seccomp"
        if workload.pod.get("automountServiceAccountToken") is not False:
            yield f"{workload} has a token for the API server"
        if workload.pod.get("enableServiceLinks") is not False:
            yield f"{workload} gets variables such as DATABASE_PORT from Services"
    wanted = {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for workload, container in _containers(manifests):
        if container.get("securityContext") != wanted:
            yield f"{workload} is not restricted"


def rollouts_refuse_nobody(manifests: list[Json]) -> Iterator[str]:
    for deployment in of_kind(manifests, "Deployment"):
        update = deployment["spec"].get("strategy", {}).get("rollingUpdate", {})
        if update.get("maxUnavailable") != 0:
            yield f"Deployment {_name(deployment)} stops pods before others are ready"
        for container in deployment["spec"]["template"]["spec"]["containers"]:
            if "preStop" not in container.get("lifecycle", {}):
                yield f"Deployment {_name(deployment)} stops pods that still get requests"


def several_pods_are_apart(manifests: list[Json]) -> Iterator[str]:
    """Several pods of a Deployment are on several nodes, and are not all drained at once."""
    guarded = [_selected(budget) for budget in of_kind(manifests, "PodDisruptionBudget")]
    for deployment in of_kind(manifests, "Deployment"):
        if deployment["spec"].get("replicas") != 1:
            if _selected(deployment) not in guarded:
                yield f"Deployment {_name(deployment)} has no PodDisruptionBudget"
            if not deployment["spec"]["template"]["spec"].get("topologySpreadConstraints"):
                yield f"Deployment {_name(deployment)} may be on one node"


def migrations_are_a_job_of_the_release(manifests: list[Json]) -> Iterator[str]:
    """Refuses migrations that start with the servers, or a Job that has run for another release."""
    for workload, container in _containers(manifests):
        if "migrations" in container["image"] and workload.kind != "Job":
            yield f"{workload} migrates when it starts"
    for job in of_kind(manifests, "Job"):
        release = job["metadata"].get("labels", {}).get(VERSION)
        if not release or not _name(job).endswith(f"-{release}"):
            yield f"Job {_name(job)} is not named after the release"


def selectors_find_pods(manifests: list[Json]) -> Iterator[str]:
    pods = [workload.metadata.get("labels", {}) for workload in workloads(manifests)]
    for manifest in of_kind(manifests, "Service", "PodDisruptionBudget"):
        if not any(_selected(manifest).items() <= labels.items() for labels in pods):
            yield f"{manifest['kind']} {_name(manifest)} selects no pod"


RULES: list[Rule] = [
    nothing_is_unset,
    services_are_inside,
    images_are_pinned,
    what_serves_has_probes,
    resources_are_limited,
    pods_are_restricted,
    rollouts_refuse_nobody,
    several_pods_are_apart,
    migrations_are_a_job_of_the_release,
    selectors_find_pods,
]


def _name(manifest: Json) -> str:
    name: str = manifest["metadata"]["name"]
    return name


def _containers(manifests: list[Json]) -> Iterator[tuple[Workload, Json]]:
    for workload in workloads(manifests):
        for container in workload.pod.get("initContainers", []) + workload.pod["containers"]:
            yield workload, container


def _selected(manifest: Json) -> Json:
    selector: Json = manifest["spec"]["selector"]
    labels: Json = selector.get("matchLabels", selector)
    return labels


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value
