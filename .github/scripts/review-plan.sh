#!/bin/sh
# For engines that plan by themselves: reviews what `terraform show -json` prints of one stack's plan, on standard input, beside the
# roster in the folder given: review-plan.sh <folder>. The code is that of the checkout this script lies in; nothing in the folder runs.
# Exit 0 when it is known what the plan does, more access, too: whoever approves reads it. Everything else is exit 2.
set -eu

main() {
  : "${1:?give the folder of the roster}"
  tool=$(cd "$(dirname "$0")/../.." && pwd)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$1"
  code=0
  node "$tool/bin/rolecall.js" review --plan - --json --markdown "$work/review.md" >"$work/review.json" || code=$?
  if [ -s "$work/review.md" ]; then cat "$work/review.md"; fi
  verdict=$(node "$tool/.github/scripts/verdict.js" "$work/review.json" "$code") || exit 2
  case $verdict in
    none | narrowing | widening) exit 0 ;;
    *) exit 2 ;;
  esac
}

main "$@"
