#!/bin/sh
# yq 3.1.0 and PyYAML 6.0 (Debian 12) write, yaml 2.9.1 and js-yaml 5.5.0 (npm) read: an account id loses its first digit, or not,
# depending on the others.
#
# Guess: `yq -y .` keeps "012345678901" in quotes, or drops the quotes of every id.
# Seen:  PyYAML speaks YAML 1.1, where a number that begins with 0 is octal. 012345670123 could be one and keeps its quotes;
#        012345678901 could not, having an 8, and loses them. Readers of YAML 1.2, as npm's two, take that for the number
#        12345678901. A commit such as 12345e67 goes the same way: text in 1.1, 1.2345e+71 in 1.2. So a filter that changes nothing
#        spoils one account of two that look alike.
#
# Needs npm, and Debian's packages yq and python3-yaml, which are unpacked and not installed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get -qq download yq=3.1.0-3 python3-yaml=6.0-3+b2 python3-xmltodict python3-toml python3-argcomplete jq libjq1 libonig5 libyaml-0-2 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact yaml@2.9.1 js-yaml@5.5.0 >/dev/null
cat >accounts.yaml <<'YAML'
testing: "012345678901"
staging: "012345670123"
commit: "12345e67"
YAML
export PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" PATH="$folder/root/usr/bin:$PATH"
LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
/usr/bin/python3 root/usr/bin/yq -y . accounts.yaml | tee written.yaml
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { parse } from "yaml";
const text = readFileSync("written.yaml", "utf8");
console.log("yaml   ", JSON.stringify(parse(text)));
console.log("js-yaml", JSON.stringify(load(text)));
JS
node read.mjs | tee seen
cat >expected.yaml <<'YAML'
testing: 012345678901
staging: '012345670123'
commit: 12345e67
YAML
cat >expected <<'TEXT'
yaml    {"testing":12345678901,"staging":"012345670123","commit":1.2345e+71}
js-yaml {"testing":12345678901,"staging":"012345670123","commit":1.2345e+71}
TEXT
diff expected.yaml written.yaml
diff expected seen
