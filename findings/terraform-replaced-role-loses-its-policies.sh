#!/bin/sh
# hashicorp/aws 5.100.0 with Terraform 1.11.4: a role that is replaced comes back without its policies, and no plan says so.
#
# Guess: when aws_iam_role is replaced (a new path, -replace, a half-made role), either the plan replaces the aws_iam_role_policy
#        and the exclusive lists of that role, too, or the role cannot be deleted while it has policies.
# Seen:  with the role's name as text in the other resources, or with its attribute (the name does not change), the plan replaces the
#        role alone: "1 to add, 0 to change, 1 to destroy". The deletion takes the inline policy and, with force_detach_policies, the
#        attached ones along. The apply ends well, and its state says that all of them are there. Until somebody plans again, the role
#        can do nothing. planned_values of `terraform show -json` has policies that the apply does not leave.
#
# Needs on the PATH: terraform, moto_server (pip install 'moto[server]==5.2.1'), curl, node; and the provider, from an unpacked mirror in one
# of the usual folders, else from the registry or a mirror that TF_CLI_CONFIG_FILE names. Some 30 seconds.
set -eu
folder=$(mktemp -d)
cd "$folder"
port=$((20000 + $$ % 20000))
moto_server -H 127.0.0.1 -p "$port" >moto.log 2>&1 &
moto=$!
trap 'kill "$moto"; wait "$moto" 2>/dev/null || :; rm -rf "$folder"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do curl -fs "http://127.0.0.1:$port/moto-api/" >/dev/null && break; sleep 1; done
export AWS_ENDPOINT_URL="http://127.0.0.1:$port" AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE="$folder/none" AWS_SHARED_CREDENTIALS_FILE="$folder/none" TF_IN_AUTOMATION=1
unset AWS_PROFILE AWS_SESSION_TOKEN
cat >main.tf.json <<'JSON'
{
  "terraform": { "required_providers": { "aws": { "source": "hashicorp/aws", "version": "5.100.0" } } },
  "resource": {
    "aws_iam_policy": { "p": { "name": "attached", "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}]}" } },
    "aws_iam_role": {
      "r": {
        "name": "operator",
        "force_detach_policies": true,
        "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"111111111111\"}}]}"
      }
    },
    "aws_iam_role_policy": {
      "i": {
        "role": "${aws_iam_role.r.name}",
        "name": "inline",
        "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"
      }
    },
    "aws_iam_role_policy_attachments_exclusive": { "a": { "role_name": "${aws_iam_role.r.name}", "policy_arns": ["${aws_iam_policy.p.arn}"] } }
  }
}
JSON
mirror=
for place in /usr/local/share/terraform/plugins /usr/share/terraform/plugins /opt/*; do
  if [ -d "$place/registry.terraform.io/hashicorp/aws" ]; then mirror=$place; fi
done
terraform init -input=false -no-color ${mirror:+-plugin-dir="$mirror"} >/dev/null
terraform apply -auto-approve -input=false -no-color >/dev/null
has() {
  for action in ListRolePolicies ListAttachedRolePolicies; do
    curl -fs "$AWS_ENDPOINT_URL/" -H 'Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0' \
      -d "Action=$action&RoleName=operator&Version=2010-05-08" | grep -cE '<member>(inline|$)|<PolicyName>attached' || true
  done | paste -sd' ' | sed "s/^/inline and attached policies, $1: /"
}
{
  has before
  terraform plan -input=false -no-color -replace=aws_iam_role.r -out=plan | grep '^Plan:'
  terraform show -json plan | node -e 'const p = JSON.parse(fs.readFileSync(0)); console.log("planned:", p.planned_values.root_module.resources.map((r) => r.address).join(" "))'
  terraform apply -input=false -no-color plan | grep '^Apply'
  has after
  terraform plan -input=false -no-color | grep '^Plan:'
} | tee seen
cat >expected <<'TEXT'
inline and attached policies, before: 1 1
Plan: 1 to add, 0 to change, 1 to destroy.
planned: aws_iam_policy.p aws_iam_role.r aws_iam_role_policy.i aws_iam_role_policy_attachments_exclusive.a
Apply complete! Resources: 1 added, 0 changed, 1 destroyed.
inline and attached policies, after: 0 0
Plan: 1 to add, 1 to change, 0 to destroy.
TEXT
diff expected seen
