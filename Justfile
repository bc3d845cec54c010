# The usual commands; all of them work without `just`, too.

# list the recipes
default:
    @just --list

# the whole game: database, server, client
run *ARGS:
    ./pants run //:connect4 -- {{ ARGS }}

# the tests of the first tier, or of the targets named
test *TARGETS="::":
    ./pants test {{ TARGETS }}

# those of the second tier, which take minutes each (CONTRIBUTING.md)
test_slow *TARGETS="::":
    ./pants slow test {{ TARGETS }}

# whole games against a deployment: as the contract says
test_acceptance URL:
    API_URL='{{ URL }}' ./pants test tests/acceptance/whole_game_test.py

# many games against a deployment, one after another and at once, and how fast they were
test_capacity URL:
    API_URL='{{ URL }}' ./pants slow test --output=all tests/acceptance/capacity_test.py -- --log-cli-level=INFO

# a release to a Kubernetes cluster, and whole games on it; RELEASE and IMAGES name it (docs/kubernetes.md)
deploy OVERLAY:
    deploy/kubernetes/deploy.sh '{{ OVERLAY }}'

# what the linters say
lint *TARGETS="::":
    ./pants lint {{ TARGETS }}

# format everything
fmt *TARGETS="::":
    ./pants fmt {{ TARGETS }}

# the type checkers
check *TARGETS="::":
    ./pants check {{ TARGETS }}

# every artifact, into dist/
package *TARGETS="::":
    ./pants package {{ TARGETS }}

# the SHA-256 of every file in dist/
digests:
    @python3 scripts/artifact_digests.py dist

# every artifact twice, in two folders with cold caches, and what differs between them
reproducible *TARGETS:
    python3 scripts/reproducible.py {{ TARGETS }}

# the container images, with a Docker engine (docs/images.md)
images *TARGETS:
    deploy/images/build.sh {{ TARGETS }}

# the game in containers: its page is at http://localhost:3000; --profile several for two servers
start *PROFILE:
    deploy/images/build.sh
    scripts/compose_env.sh
    docker compose {{ PROFILE }} up --detach --wait

# what `start` started; the games stay
stop:
    docker compose --profile several down

# what is shipped, and into dist/sbom what is in it, as CycloneDX documents
sbom:
    rm -rf dist/connect4-client dist/sbom
    ./pants --tag=shipped package ::
    ./pants run tools/sbom:sbom -- dist/connect4.pex dist/src.python.*/server.pex dist/src.python.*/migrations.pex dist/connect4-client

# what is in each image, into dist/sbom as CycloneDX documents
sbom_images TAG="latest":
    ./pants run tools/sbom:sbom -- --image connect4-server:{{ TAG }} --image connect4-migrations:{{ TAG }} --image connect4-client:{{ TAG }} --image connect4-httpbin:{{ TAG }}

# what CI runs; with a commit, such as origin/main, for what changed since
ci *SINCE:
    .ci/run {{ SINCE }}

# compile the locks from 3rdparty/*.in (--check, --upgrade, --upgrade-package NAME, RESOLVE ...)
lock *ARGS:
    ./pants run 3rdparty:lock -- {{ ARGS }}

# write a revision for what has changed in the models (docs/migrations.md)
[positional-arguments]
add_migration MESSAGE *ARGS:
    ./pants run migrations:revision -- -m "$@"

# many moves through kill -9 and broken connections, and whether all of them count (docs/history-checker.md)
check-history *ARGS:
    ./pants run tools/history_checker:history_checker -- {{ ARGS }}

# what works behind a PgBouncer, in each of its modes (docs/several-servers.md)
check-pgbouncer PROGRAM="/usr/sbin/pgbouncer":
    ./pants run tools/pgbouncer_check:pgbouncer_check -- {{ PROGRAM }}

# how fast it is, beside what the machine can do (docs/performance.md); --quick for a trial
benchmark *ARGS:
    ./pants package //:connect4 src/python/connect4_server:server
    ./pants run benchmarks:all -- {{ ARGS }}

# what is known against all that is locked and shipped, and secrets in the tree
scan *ARGS:
    ./pants run tools/scan:scan -- {{ ARGS }}

# what this machine lacks for development
verify:
    scripts/verify_local_dev_environment.sh
