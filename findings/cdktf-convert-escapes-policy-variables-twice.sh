#!/bin/sh
# cdktf 0.21.0 and @cdktf/hcl2cdk 0.21.0 (what `cdktf convert` runs): the conversion of valid HCL means another policy.
#
# Guess: IAM's variable, which HCL writes as $${aws:username}, comes through `convert` and a synth as it was.
# Seen:  as an argument it does. Inside a function (Fn.jsonencode, the usual way to write a policy) cdktf escapes text by itself, and
#        `convert` copies the escape of HCL into it, so it is escaped twice. Terraform takes $$${aws:username} without a complaint for
#        the literal $${aws:username}: a policy with a dollar sign too many, and nothing fails before IAM has it. The same text is
#        right in one place of the converted program and wrong in the other.
#
# Needs npm; where terraform is at hand (1.11.4 was), its own reading of the result is asked for, too.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @cdktf/hcl2cdk@0.21.0 cdktf@0.21.0 constructs@10.7.2 jsii-pacmak@1.127.0 >/dev/null
cat >main.tf <<'HCL'
output "argument" {
  value = "arn:aws:iam::*:user/$${aws:username}"
}
output "function" {
  value = jsonencode({ Resource = "arn:aws:iam::*:user/$${aws:username}" })
}
HCL
cat >convert.js <<'JS'
const { readFileSync, mkdirSync, writeFileSync } = require("node:fs");
const { convert } = require("@cdktf/hcl2cdk");
const cdktf = require("cdktf");
convert(readFileSync("main.tf", "utf8"), { language: "typescript", providerSchema: {}, codeContainer: "constructs.Construct" }).then(({ code }) => {
  const app = new cdktf.App({ outdir: "synth" });
  const stack = new cdktf.TerraformStack(app, "s");
  const names = Object.keys(cdktf).filter((name) => code.includes(name));
  new Function("cdktf", ...names, code).call(stack, cdktf, ...names.map((name) => cdktf[name]));
  app.synth();
  const { output } = JSON.parse(readFileSync("synth/stacks/s/cdk.tf.json", "utf8"));
  mkdirSync("again");
  const values = Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, { value }]));
  writeFileSync("again/main.tf.json", JSON.stringify({ output: values }));
  for (const [name, { value }] of Object.entries(values).sort()) console.log(`${name}: ${value}`);
});
JS
# What the conversion has to say of a Terraform without a configuration file is of no interest.
node convert.js 2>/dev/null | grep -E '^(argument|function): ' >seen
cat >expected <<'TEXT'
argument: arn:aws:iam::*:user/$${aws:username}
function: ${jsonencode({"Resource" = "arn:aws:iam::*:user/$$${aws:username}"})}
TEXT
cat seen
diff expected seen
if command -v terraform >/dev/null; then
  unset TF_CLI_CONFIG_FILE # no provider is needed
  terraform version | head -n 1
  mkdir before
  cp main.tf before
  for side in before again; do
    (cd "$side" && terraform apply -auto-approve -no-color >/dev/null && terraform output -no-color function) >"$side.value"
    echo "function, $side: $(cat "$side.value")"
  done
  test "$(cat before.value)" = '"{\"Resource\":\"arn:aws:iam::*:user/${aws:username}\"}"'
  test "$(cat again.value)" = '"{\"Resource\":\"arn:aws:iam::*:user/$${aws:username}\"}"'
fi
