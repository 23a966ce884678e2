#!/bin/sh
# Terraform 1.11.4, JSON syntax: a part that is written twice counts twice, where JSON's own readers keep one.
#
# Guess: of two "resource" keys in one file the last counts, as with JSON.parse, jq and Python; or Terraform refuses the file. HCL has
#        no "key twice" for blocks, but this is JSON.
# Seen:  Terraform takes both "resource" keys, and both of two equal keys of a type, and makes what stands in each. What JSON.parse and
#        jq say of the file lacks whatever stood in the first. Only the same argument or the same name twice is an error. And a
#        resource whose body is null or [] is no resource: Terraform says nothing of it, and would destroy one that was there.
#
# Needs terraform 1.11.4 on the PATH (no provider), node, and Debian's packages jq and libjq1, which are unpacked and not installed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
unset TF_CLI_CONFIG_FILE
terraform version | head -n 1
apt-get -qq download jq libjq1 libonig5 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
mkdir stack
cat >stack/main.tf.json <<'JSON'
{
  "resource": { "terraform_data": { "first": { "input": 1 } } },
  "resource": {
    "terraform_data": { "second": { "input": 2 } },
    "terraform_data": { "third": { "input": 3 }, "fourth": null, "fifth": [] }
  }
}
JSON
cd stack
terraform apply -auto-approve -no-color >/dev/null
terraform state list | sed 's/^/Terraform: /' >../seen
node -e 'for (const name of Object.keys(JSON.parse(fs.readFileSync("main.tf.json")).resource.terraform_data)) console.log(`JSON.parse: ${name}`)' >>../seen
LD_LIBRARY_PATH=$(echo ../root/usr/lib/*-linux-gnu) ../root/usr/bin/jq -r '.resource.terraform_data | keys_unsorted[] | "jq: " + .' main.tf.json >>../seen
cd ..
cat >stack/main.tf.json <<'JSON'
{ "resource": { "terraform_data": { "first": null, "second": [], "third": { "input": 3 } } } }
JSON
terraform -chdir=stack plan -no-color | grep '^Plan:' >>seen
cat seen
cat >expected <<'TEXT'
Terraform: terraform_data.first
Terraform: terraform_data.second
Terraform: terraform_data.third
JSON.parse: third
JSON.parse: fourth
JSON.parse: fifth
jq: third
jq: fourth
jq: fifth
Plan: 0 to add, 0 to change, 2 to destroy.
TEXT
diff expected seen
