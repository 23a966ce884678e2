#!/bin/sh
# Plans every stack with the role READ_ROLE of every account, which may only read, and says in the job's summary what an apply
# would do to access. Such plans are never applied.
#   OUT    see make-plans.sh
#   DRIFT  non-empty: nothing was merged, so every change is drift, and fails (1)
# GITHUB_OUTPUT gets changes=true or false. Fails (2) when it could not be told.
set -eu

main() {
  if [ -z "${READ_ROLE:-}" ]; then
    echo "READ_ROLE is empty: set the variable READ_ROLE_NAME to a role that every account has and that may only read" >&2
    exit 2
  fi
  code=0
  sh .github/scripts/make-plans.sh --as "$READ_ROLE" || code=$?
  # Terraform may have nothing to do and yet find somebody else's hand.
  if [ "$code" -eq 0 ] && [ -n "${DRIFT:-}" ] && [ "$(cat "$OUT/verdict")" != none ]; then code=1; fi
  case $code/${DRIFT:+drift} in
    0/drift) say "No drift" ;;
    1/drift) say "DRIFT: AWS is not what the roster says" ;;
    0/) say "Nothing to apply" ;;
    1/) say "To be applied, once somebody approves" ;;
    *) say "COULD NOT TELL what an apply would do: see the job's log" ;;
  esac
  [ "$code" -le 1 ] || exit 2
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    if [ "$code" -eq 1 ]; then echo "changes=true"; else echo "changes=false"; fi >>"$GITHUB_OUTPUT"
  fi
  [ -z "${DRIFT:-}" ] || exit "$code"
}

say() {
  echo "$1" >&2
  if [ -z "${GITHUB_STEP_SUMMARY:-}" ]; then return; fi
  printf '## %s\n\n' "$1" >>"$GITHUB_STEP_SUMMARY"
  if [ -s "$OUT/review.md" ]; then cat "$OUT/review.md" >>"$GITHUB_STEP_SUMMARY"; fi
}

main
