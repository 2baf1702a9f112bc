#!/usr/bin/env bash
# Installs this checkout into a virtual environment of its own, once a job, from locked packages.
#
# Python runs isolated (-I): a file of the repository that is checked must never be code here.
set -euo pipefail

environment=$RUNNER_TEMP/warrantgraph
if [[ -f $environment/installed && $(<"$environment/installed") == "$GITHUB_ACTION_PATH" ]]; then
    exit 0
fi

python=${INPUT_PYTHON:-python3}
if ! "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "::error::warrantgraph needs Python 3.11 or newer; name one with the input python"
    exit 2
fi

rm -rf -- "$environment"
"$python" -I -m venv "$environment"
install=("$environment/bin/python" -I -m pip install --quiet --disable-pip-version-check)
"${install[@]}" --require-hashes -r "$GITHUB_ACTION_PATH/requirements.lock"
# The build backend is locked too, so nothing else is fetched to build with.
"${install[@]}" --no-deps --no-build-isolation "$GITHUB_ACTION_PATH"
printf '%s' "$GITHUB_ACTION_PATH" >"$environment/installed"
