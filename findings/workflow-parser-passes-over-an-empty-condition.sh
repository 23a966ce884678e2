#!/bin/sh
# @actions/workflow-parser 0.3.61, GitHub's own: `if: !cancelled()` without ${{ }} is a tag of YAML on an empty text. The parser finds nothing
# wrong with it, nor with a step or an output that is not there: `steps.none.outputs.x` is empty when the workflow runs.
# Here: test/workflows/references.test.ts looks both up.
# Run it in the project's folder after npm ci; needs no network.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/try.ts" <<'TS'
import { githubParser } from "PROJECT/test/workflows/github-parser";
const workflow = (condition: string) =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - if: ${condition}\n        run: "true"\n`;
const troubles = githubParser();
for (const condition of ["!cancelled()", "${{ steps.none.outputs.x == '' }}", "${{ !canceled() }}"])
  troubles("w.yml", workflow(condition)).then((found) => console.log(`if: ${condition}`, found));
TS
sed -i "s|PROJECT|$PWD|" "$work/try.ts"
node bin/run.js "$work/try.ts"
