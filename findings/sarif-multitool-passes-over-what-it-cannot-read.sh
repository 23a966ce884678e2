#!/bin/sh
# @microsoft/sarif-multitool 5.7.0, `validate`: a log with a level that SARIF does not have is not read, and neither is any log after it.
# The report has no result, `executionSuccessful` is true, and the exit code is 0, as for a clean log.
# Here: test/review/sarif/sarif.test.ts takes a log as validated only when the report has a note about it.
# Run it in the project's folder after npm ci. Linux on x64; needs no network.
set -eu
tool=$(node -p 'require("@microsoft/sarif-multitool")')
chmod +x "$tool" # npm ci --ignore-scripts leaves it without
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 HTTPS_PROXY=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9

log() {
  printf '%s' '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"Something."},"level":"'"$1"'"}]}]}'
}

for level in error fatal; do
  log "$level" >"$work/$level.sarif"
  code=0
  "$tool" validate "$work/$level.sarif" --rule-kind 'Sarif;Ghas' --level 'Error;Warning;Note' -o "$work/$level.json" >/dev/null || code=$?
  node -e '
    const { results = [], invocations } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).runs[0];
    console.log(`level ${process.argv[2]}: ${results.length} results, executionSuccessful ${invocations[0].executionSuccessful}, exit code ${process.argv[3]}`);
  ' "$work/$level.json" "$level" "$code"
done
