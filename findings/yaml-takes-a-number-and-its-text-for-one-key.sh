#!/bin/sh
# yaml 2.9.1 (npm): of two keys, 222222222222 and "222222222222", the first is gone without a word.
#
# Guess: uniqueKeys, which is on, refuses the second, since both become one property of the object; so it does for two equal texts.
# Seen:  the check compares the values, a number and a text, and lets both pass; the object then has the last. Three readers, three
#        answers to one file: yaml 2.9.1 keeps the last, js-yaml 5.5.0 refuses the file, PyYAML 6.0 has two entries. Account ids and
#        user names made of digits (staff numbers) are such keys, written with quotes in one place and without in another.
#
# Needs npm, and Debian's package python3-yaml, which is unpacked and not installed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get -qq download python3-yaml=6.0-3+b2 libyaml-0-2 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact yaml@2.9.1 js-yaml@5.5.0 >/dev/null
cat >grants.yaml <<'YAML'
222222222222: administrator
"222222222222": spectator
YAML
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { parse, parseDocument } from "yaml";
const attempt = (read, text) => {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    return `refused: ${(error.reason ?? error.message).split("\n")[0]}`;
  }
};
const text = readFileSync("grants.yaml", "utf8");
console.log("yaml:", attempt(parse, text), "errors:", parseDocument(text).errors.length);
console.log("yaml, equal texts:", attempt(parse, 'a: 1\n"a": 2\n'));
console.log("js-yaml:", attempt(load, text));
JS
node read.mjs | tee seen
PYTHONPATH=root/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) \
  /usr/bin/python3 -c 'import yaml; print("PyYAML:", yaml.safe_load(open("grants.yaml")))' | tee -a seen
cat >expected <<'TEXT'
yaml: {"222222222222":"spectator"} errors: 0
yaml, equal texts: refused: Map keys must be unique at line 2, column 1:
js-yaml: refused: duplicated mapping key
PyYAML: {222222222222: 'administrator', '222222222222': 'spectator'}
TEXT
diff expected seen
