#!/usr/bin/env bash
# Puts the games of a backup in place of those in the database. The servers are stopped meanwhile.
#
#     deploy/kubernetes/restore.sh NAMESPACE FILE    # FILE as the log of a backup's Job names it
set -euo pipefail
namespace=${1:?a namespace, such as connect4-production} file=${2:?the name of a backup}
[[ $file =~ ^[A-Za-z0-9._-]+$ ]] || { echo "$0: '$file' is not a file's name" >&2; exit 1; }
kubectl() { command kubectl --namespace "$namespace" "$@"; }
job=restore-$(date -u +%Y%m%d-%H%M%S)

replicas=$(kubectl get deployment server --output 'jsonpath={.spec.replicas}')
# With no replica the autoscaler does nothing either.
trap 'kubectl scale deployment/server --replicas "$replicas"' EXIT
kubectl scale deployment/server --replicas 0
kubectl wait pod --selector app.kubernetes.io/component=server --for delete --timeout 120s

# The Job of a backup, with another script.
kubectl create job "$job" --from cronjob/backup --dry-run=client --output json |
  kubectl patch --local --filename - --type json --output json --patch \
    "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/command\",
       \"value\": [\"bash\", \"/scripts/restore.sh\", \"$file\"]},
      {\"op\": \"replace\", \"path\": \"/spec/backoffLimit\", \"value\": 0}]" |
  kubectl create --filename -
until [[ $(kubectl get job "$job" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}') =~ (Complete|Failed) ]]; do
  sleep 2
done
kubectl logs "job/$job"
[[ ${BASH_REMATCH[1]} == Complete ]]
