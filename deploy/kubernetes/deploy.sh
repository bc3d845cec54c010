#!/usr/bin/env bash
# Deploys a release to the cluster that kubectl reaches: first what the servers need, then the
# migrations, and only when these are done the rollout; then whole games are played on it.
#
#     RELEASE=v1.2.3 IMAGES=images.txt deploy/kubernetes/deploy.sh OVERLAY [--only-database]
#
# OVERLAY, RELEASE and IMAGES are render.sh's.
# ADDRESS: where the API is, if not at the host of the Ingress `server`.
# TIMEOUT: how many seconds to wait for the migrations, and for each rollout (1800).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
timeout=${TIMEOUT:-1800}

say() { printf '== %s\n' "$*"; }
refuse() {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 1
}

overlay=${1:?an overlay, such as acceptance}
only=${2:-}
[[ -z $only || $only == --only-database ]] || refuse "$only is no option"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
manifests=$work/manifests.yaml
"$here/render.sh" "$overlay" >"$manifests"
namespace=$(sed -n 's/^  namespace: //p' "$manifests" | head -n 1)
kubectl() { command kubectl --namespace "$namespace" "$@"; }
apply() { kubectl apply --filename "$manifests" --selector "$1"; }
component=app.kubernetes.io/component

say "release $RELEASE to $namespace"
apply "$component=namespace"
for secret in $(grep -q '^kind: StatefulSet' "$manifests" && echo database-superuser) database; do
  kubectl get secret "$secret" --output name ||
    refuse "the namespace $namespace needs a Secret '$secret': docs/kubernetes.md"
done

if grep -q '^kind: StatefulSet' "$manifests"; then
  apply "$component in (network, database)"
  kubectl rollout status statefulset/database --timeout "${timeout}s"
fi
[[ -z $only ]] || exit 0

say "migrations"
job=migrations-$RELEASE
# What is left of a deployment of the same release: a finished Job does not run again.
kubectl delete job "$job" --ignore-not-found --wait
apply "$component notin (client, expire, httpbin, server)"
until [[ $(kubectl get job "$job" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}') =~ (Complete|Failed) ]]; do
  ((SECONDS < timeout)) || break
  sleep 2
done
kubectl logs "job/$job" --all-containers || true
[[ ${BASH_REMATCH[1]-} == Complete ]] ||
  refuse "the migrations did not end well; the servers are as they were"

back="kubectl --namespace $namespace rollout undo deployment/server
kubectl --namespace $namespace rollout undo deployment/client"
say_how_to_go_back() { printf '%s To go back to the release before:\n%s\n' "$1" "$back"; }
trap 'rm -rf "$work"; say_how_to_go_back "== failed." >&2' EXIT

say "rollout"
kubectl apply --filename "$manifests"
for deployment in server client httpbin; do
  kubectl rollout status "deployment/$deployment" --timeout "${timeout}s"
done

address=${ADDRESS:-https://$(kubectl get ingress server --output 'jsonpath={.spec.rules[0].host}')}
say "acceptance tests on $address"
cd "$here/../.."
API_URL=$address ./pants test tests/acceptance/whole_game_test.py

say_how_to_go_back "== release $RELEASE runs at $address."
trap 'rm -rf "$work"' EXIT
