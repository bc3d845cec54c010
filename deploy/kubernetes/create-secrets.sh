#!/usr/bin/env bash
# For a trial: makes the Secrets of a deployment with passwords that nobody has seen. Secrets that
# are there stay as they are.
#
#     deploy/kubernetes/create-secrets.sh NAMESPACE    # connect4-acceptance, for example
set -euo pipefail
namespace=${1:?a namespace, such as connect4-acceptance}

kubectl get namespace "$namespace" >/dev/null 2>&1 ||
  kubectl create namespace "$namespace" --save-config

# Reads KEY=VALUE lines: an argument would show in the list of processes.
secret() {
  if ! kubectl --namespace "$namespace" get secret "$1" --output name 2>/dev/null; then
    kubectl --namespace "$namespace" create secret generic "$1" --from-env-file=/dev/stdin
  fi
}
password() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }

secret database-superuser <<<"POSTGRES_PASSWORD=$(password)"
printf '%s\n' DATABASE_USERNAME=connect4 "DATABASE_PASSWORD=$(password)" | secret database
