#!/usr/bin/env bash
# Runs `warrantgraph validate` with the inputs of action.yml and ends with its exit code.
#
# Annotations go to standard output, a table to the page of the run, numbers to the outputs.
set -euo pipefail

programs=$RUNNER_TEMP/warrantgraph/bin
report=$(mktemp "$RUNNER_TEMP/warrantgraph-report.XXXXXX")

options=(--format=github --output="json=$report")

# Reads the lines of $1 that are not empty into the array `lines`.
split() {
    lines=()
    local line
    while IFS= read -r line || [[ -n $line ]]; do
        line=${line%$'\r'}
        if [[ -n $line ]]; then
            lines+=("$line")
        fi
    done <<<"$1"
}

# Adds the option $1 with the value $2, if there is one; it must be a line.
add() {
    if [[ $2 == *$'\n'* || $2 == *$'\r'* ]]; then
        echo "::error::the input for $1 has more than one line"
        exit 2
    fi
    if [[ -n $2 ]]; then
        options+=("$1=${3:-}$2")
    fi
}

split "${INPUT_PATHS:-}"
if ((${#lines[@]} == 0)); then
    echo "::error::the input paths names nothing to check"
    exit 2
fi
paths=("${lines[@]}")

split "${INPUT_SHAPES:-}"
for line in ${lines[@]+"${lines[@]}"}; do # bash 3.2 takes an empty array for an unset one
    options+=(--shapes="$line")
done

# Adds the option $1 where the value $2 is true.
turn_on() {
    case ${2:-false} in
    true) options+=("$1") ;;
    false) ;;
    *)
        echo "::error::the input ${1#--} is neither true nor false"
        exit 2
        ;;
    esac
}

turn_on --with-ours "${INPUT_WITH_OURS:-}"
turn_on --no-ontology "${INPUT_NO_ONTOLOGY:-}"
add --fail-on "${INPUT_FAIL_ON:-}"
add --baseline "${INPUT_BASELINE:-}"
add --changed-since "${INPUT_CHANGED_SINCE:-}"
add --limit "${INPUT_LIMIT:-}"
add --cache "${INPUT_CACHE:-}"
add --output "${INPUT_SARIF:-}" sarif=
add --output "${INPUT_JUNIT:-}" junit=

# A report of an earlier run must not pass for one of this.
for file in "${INPUT_SARIF:-}" "${INPUT_JUNIT:-}"; do
    if [[ -f $file ]]; then
        rm -f -- "$file" || exit 2
    fi
done

code=0
"$programs/warrantgraph" validate "${options[@]}" -- "${paths[@]}" </dev/null || code=$?

{
    echo "exit-code=$code"
    if [[ -n ${INPUT_SARIF:-} && -f $INPUT_SARIF ]]; then
        echo "sarif=$INPUT_SARIF"
    fi
} >>"$GITHUB_OUTPUT"
"$programs/python" -I "$GITHUB_ACTION_PATH/.ci/action/summary.py" "$report" "$code"
rm -f -- "$report"
exit "$code"
