#!/bin/sh
# Synthesizes this checkout into the folder given: sh .github/scripts/synth.sh <outdir>. Runs the checkout's code.
set -eu
: "${1:?give the folder for the output}"
mkdir -p "$1"
CDKTF_OUTDIR=$(cd "$1" && pwd) node bin/run.js main.ts
