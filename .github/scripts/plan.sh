#!/bin/sh
# Plans every stack into the folder OUT and says what the apply will do to access. GITHUB_OUTPUT gets changes=true or false.
# READ_ROLE names a role of every account that may only read: such plans show drift and are never applied.
set -eu
code=0
node bin/rolecall.js plan --out "${OUT:?}" ${READ_ROLE:+--as "$READ_ROLE"} >&2 || code=$?
[ "$code" -le 1 ] || exit "$code"
if [ "$code" -eq 1 ]; then changes=true; else changes=false; fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "changes=$changes" >>"$GITHUB_OUTPUT"; fi
# The plan itself is secret and stays here; the review prints nothing of it but who may do what.
review=$(mktemp)
node bin/rolecall.js review --plan "$OUT" --markdown "$review" >/dev/null || echo "the review of the plans says: look" >&2
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$review" >>"$GITHUB_STEP_SUMMARY"; fi
rm -f "$review"
