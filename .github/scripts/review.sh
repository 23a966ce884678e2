#!/bin/sh
# Reviews the commit HEAD against the commit BASE with the code of this checkout; nothing of HEAD runs. Takes
#   BASE, HEAD   40 hex digits each
#   OUT          folder for review.md and review.sarif, which must not be there yet: what lies there already may be anybody's
#   HEAD_SYNTH   what HEAD synthesizes, made elsewhere without rights; without it a change of code is unknown
# Fails (1) when a rule of the repository is broken and (2) when something cannot be told. More access alone does not fail:
# whom it needs is in the review, and branch protection sees to it. FAIL_ON=widening makes it fail, too.
# -C: no file is written over.
set -euC

main() {
  for commit in "${BASE:?}" "${HEAD:?}"; do
    case $commit in *[!0-9a-f]*) refuse "BASE and HEAD must be full commit ids" ;; esac
    [ "${#commit}" -eq 40 ] || refuse "BASE and HEAD must be full commit ids"
  done
  case ${FAIL_ON:-breach} in breach | widening) ;; *) refuse "FAIL_ON must be breach or widening" ;; esac
  case ${OUT:?} in -*) refuse "OUT must not begin with a hyphen" ;; esac
  mkdir -p "$(dirname "$OUT")"
  mkdir -m 700 "$OUT" || refuse "OUT must be a folder that is not there yet"
  set -- review --base "$BASE" --head "$HEAD"
  # Without both synths a change of code cannot be judged, and the review says so.
  if [ -n "${HEAD_SYNTH:-}" ] && node .github/scripts/limit-artifact.js "$HEAD_SYNTH" &&
    sh .github/scripts/synth.sh "$OUT/base-synth" >&2; then
    set -- "$@" --base-synth "$OUT/base-synth" --head-synth "$HEAD_SYNTH"
  fi
  code=0
  node bin/rolecall.js "$@" --annotations --markdown "$OUT/review.md" --sarif "$OUT/review.sarif" 2>"$OUT/talk" || code=$?
  # What a roster says could look like a command to the runner (`::x::` at a line's start, `##[x]` anywhere).
  sed 's/##\[/## [/g; s/^/| /' "$OUT/talk" >&2
  [ -s "$OUT/review.md" ] || refuse "rolecall wrote none"
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$OUT/review.md" >>"$GITHUB_STEP_SUMMARY"; fi
  verdict=$(node .github/scripts/verdict.js "$OUT/review.sarif" "$code") || exit 2
  case $verdict in
    none | narrowing) exit 0 ;;
    widening) [ "${FAIL_ON:-breach}" != widening ] || exit 1 ;;
    breach) exit 1 ;;
    *) exit 2 ;;
  esac
}

refuse() {
  echo "the review was not made: $1" >&2
  exit 2
}

main
