#!/usr/bin/env bash
# Prints the manifests of a release, as `deploy.sh` applies them, or says what is unset.
#
#     RELEASE=v1.2.3 IMAGES=images.txt deploy/kubernetes/render.sh OVERLAY
#
# OVERLAY: a folder of overlays/.
# RELEASE: what the release is called: lower-case letters, digits, dots and hyphens.
# IMAGES: a file with a line for each image: REGISTRY/NAME@sha256:…, with the NAMEs of base/. Where
#     images are loaded by hand, NAME:TAG does, but not in production.
set -euo pipefail
release=${RELEASE:-} images=${IMAGES:-}
[[ -z $images || $images == /* ]] || images=$PWD/$images
cd "$(dirname "${BASH_SOURCE[0]}")"

refuse() {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 1
}

[[ $# == 1 ]] || refuse "expects an overlay: $(cd overlays && echo *)"
[[ -f overlays/$1/kustomization.yaml ]] || refuse "no overlay is called '$1', but: $(cd overlays && echo *)"
[[ $release =~ ^[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?$ ]] ||
  refuse "RELEASE is '$release', not up to 40 lower-case letters, digits, dots and hyphens"
[[ -f $images ]] || refuse "IMAGES is '$images', not a file"

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cp -R base components overlays "$build"
mkdir "$build/release"
{
  cat <<YAML
resources: [../overlays/$1]
labels:
  - pairs: {app.kubernetes.io/version: "$release"}
patches:
  - target: {kind: Job, name: migrations}
    options: {allowNameChange: true}
    patch: |-
      - {op: replace, path: /metadata/name, value: "migrations-$release"}
images:
YAML
  while read -r image; do
    if [[ $image =~ ^([^@]*/)?([a-z0-9-]+)@(sha256:[0-9a-f]{64})$ ]]; then
      version="digest: ${BASH_REMATCH[3]}"
    elif [[ $image =~ ^([^@]*/)?([a-z0-9-]+):([A-Za-z0-9_.-]+)$ && ${BASH_REMATCH[3]} != latest && $1 != production ]]; then
      version="newTag: \"${BASH_REMATCH[3]}\""
    else
      refuse "$images: '$image' does not say which image it is; NAME@sha256:… does"
    fi
    printf '  - {name: %s, newName: %s, %s}\n' \
      "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}${BASH_REMATCH[2]}" "$version"
  done <"$images"
} >"$build/release/kustomization.yaml"

kubectl kustomize "$build/release" >"$build/manifests.yaml"
if unset=$(grep -nE 'DOMAIN$|example\.(com|net|org)|\{\{|\}\}' "$build/manifests.yaml"); then
  refuse "overlays/$1 has no domain of yours, or something else is unset:"$'\n'"$unset"
fi
if unset=$(grep -E '^ *-? *image: [^:@]*$' "$build/manifests.yaml" | sort -u); then
  refuse "$images lacks"$'\n'"$unset"
fi
cat "$build/manifests.yaml"
