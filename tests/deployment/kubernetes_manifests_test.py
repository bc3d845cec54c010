"""The manifests of each overlay: valid by Kubernetes' schema, and without known mistakes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import kubernetes_validate
import pytest

from deployment.manifest_rules import COMPONENT, RULES, Json, of_kind, workloads

if TYPE_CHECKING:
    from collections.abc import Callable

    from deployment.manifest_rules import Rule
    from deployment.rendering import Rendering

KUBERNETES = "1.37"
OVERLAYS = ["acceptance", "capacity", "production", "managed"]


@pytest.fixture(scope="session", params=OVERLAYS)
def manifests(rendering: Rendering, request: pytest.FixtureRequest) -> list[Json]:
    return rendering.manifests(request.param)


@pytest.fixture(scope="session")
def production(rendering: Rendering) -> list[Json]:
    return rendering.manifests("production")


def test_what_is_rendered_is_valid(manifests: list[Json]) -> None:
    assert manifests
    for manifest in manifests:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_is_rendered_breaks_no_rule(manifests: list[Json], rule: Rule) -> None:
    assert list(rule(manifests)) == []


def one(manifests: list[Json], kind: str, name: str) -> Json:
    (found,) = (
        manifest
        for manifest in of_kind(manifests, kind)
        if manifest["metadata"]["name"].startswith(name)
    )
    return found


def pod(manifest: Json) -> Json:
    found: Json = manifest["spec"]["template"]["spec"]
    return found


def container(manifest: Json) -> Json:
    found: Json = pod(manifest)["containers"][0]
    return found


def leave_a_placeholder(manifests: list[Json]) -> None:
    container(one(manifests, "Deployment", "client"))["env"][0]["value"] = "{{API_URL}}"


def leave_the_domain_of_the_example(manifests: list[Json]) -> None:
    one(manifests, "Ingress", "server")["spec"]["rules"][0]["host"] = "api.example.com"


def open_the_database_on_every_node(manifests: list[Json]) -> None:
    one(manifests, "Service", "database")["spec"]["type"] = "NodePort"


def name_the_newest_image(manifests: list[Json]) -> None:
    container(one(manifests, "Deployment", "server"))["image"] = "ghcr.io/a/connect4-server:latest"


def name_no_version(manifests: list[Json]) -> None:
    container(one(manifests, "StatefulSet", "database"))["image"] = "localhost:5000/postgres"


def drop_a_probe(manifests: list[Json]) -> None:
    del container(one(manifests, "StatefulSet", "database"))["readinessProbe"]


def drop_a_limit(manifests: list[Json]) -> None:
    del container(one(manifests, "Job", "migrations"))["resources"]["limits"]["memory"]


def drop_all_resources(manifests: list[Json]) -> None:
    del container(one(manifests, "Deployment", "httpbin"))["resources"]


def run_as_root(manifests: list[Json]) -> None:
    del pod(one(manifests, "Deployment", "server"))["securityContext"]["runAsNonRoot"]


def write_to_the_root(manifests: list[Json]) -> None:
    context = container(one(manifests, "Deployment", "server"))["securityContext"]
    context["readOnlyRootFilesystem"] = False


def link_the_services(manifests: list[Json]) -> None:
    del pod(one(manifests, "Deployment", "server"))["enableServiceLinks"]


def stop_before_another_is_ready(manifests: list[Json]) -> None:
    del one(manifests, "Deployment", "client")["spec"]["strategy"]


def stop_at_once(manifests: list[Json]) -> None:
    del container(one(manifests, "Deployment", "server"))["lifecycle"]


def let_all_be_drained(manifests: list[Json]) -> None:
    manifests.remove(one(manifests, "PodDisruptionBudget", "server"))


def put_all_on_one_node(manifests: list[Json]) -> None:
    del pod(one(manifests, "Deployment", "server"))["topologySpreadConstraints"]


def migrate_with_the_servers(manifests: list[Json]) -> None:
    job = container(one(manifests, "Job", "migrations"))
    pod(one(manifests, "Deployment", "server"))["initContainers"] = [job]


def call_every_job_the_same(manifests: list[Json]) -> None:
    one(manifests, "Job", "migrations")["metadata"]["name"] = "migrations"


def serve_nothing(manifests: list[Json]) -> None:
    one(manifests, "Service", "server")["spec"]["selector"] = {COMPONENT: "sever"}


MISTAKES: list[tuple[Callable[[list[Json]], None], str]] = [
    (leave_a_placeholder, "nothing_is_unset"),
    (leave_the_domain_of_the_example, "nothing_is_unset"),
    (open_the_database_on_every_node, "services_are_inside"),
    (name_the_newest_image, "images_are_pinned"),
    (name_no_version, "images_are_pinned"),
    (drop_a_probe, "what_serves_has_probes"),
    (drop_a_limit, "resources_are_limited"),
    (drop_all_resources, "resources_are_limited"),
    (run_as_root, "pods_are_restricted"),
    (write_to_the_root, "pods_are_restricted"),
    (link_the_services, "pods_are_restricted"),
    (stop_before_another_is_ready, "rollouts_refuse_nobody"),
    (stop_at_once, "rollouts_refuse_nobody"),
    (let_all_be_drained, "several_pods_are_apart"),
    (put_all_on_one_node, "several_pods_are_apart"),
    (migrate_with_the_servers, "migrations_are_a_job_of_the_release"),
    (call_every_job_the_same, "migrations_are_a_job_of_the_release"),
    (serve_nothing, "selectors_find_pods"),
]


@pytest.mark.parametrize(
    ("mistake", "rule"), MISTAKES, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_mistake_breaks_one_rule(
    production: list[Json], mistake: Callable[[list[Json]], None], rule: str
) -> None:
    mistaken = copy.deepcopy(production)
    mistake(mistaken)
    assert [each.__name__ for each in RULES if list(each(mistaken))] == [rule]


def test_every_rule_is_shown_to_refuse() -> None:
    assert {rule for _, rule in MISTAKES} == {rule.__name__ for rule in RULES}


def test_the_schema_refuses_a_field_that_it_does_not_have(production: list[Json]) -> None:
    mistaken = copy.deepcopy(one(production, "Deployment", "server"))
    container(mistaken)["readynessProbe"] = container(mistaken).pop("readinessProbe")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(mistaken, KUBERNETES, strict=True)


def test_only_these_reach_the_database(production: list[Json]) -> None:
    policy = one(production, "NetworkPolicy", "database")["spec"]
    ((source,),) = (rule["from"] for rule in policy["ingress"])
    (expression,) = source["podSelector"]["matchExpressions"]
    assert set(expression["values"]) == {"server", "migrations", "expire", "backup"}
    # And each of these has its password, which nobody else has.
    holders = {
        workload.metadata["labels"][COMPONENT]
        for workload in workloads(production)
        if "'name': 'database'" in str(workload.pod["containers"][0].get("envFrom"))
        or "DATABASE_PASSWORD" in str(workload.pod["containers"][0].get("env"))
    }
    assert holders == {*expression["values"], "database"}


def test_nothing_may_connect_that_no_policy_names(manifests: list[Json]) -> None:
    everything = one(manifests, "NetworkPolicy", "default-deny")["spec"]
    assert everything == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_a_managed_database_leaves_nothing_of_ours(rendering: Rendering) -> None:
    manifests = rendering.manifests("managed")
    left = {workload.metadata["labels"][COMPONENT] for workload in workloads(manifests)}
    assert left == {"server", "migrations", "expire", "client", "httpbin"}
    assert of_kind(manifests, "StatefulSet", "PersistentVolumeClaim", "ConfigMap") == []
    assert "to" not in one(manifests, "NetworkPolicy", "to-database")["spec"]["egress"][0]
