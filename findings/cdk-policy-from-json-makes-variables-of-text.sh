#!/bin/sh
# aws-cdk-lib 2.276.0, iam.PolicyDocument.fromJson: a document of Version 2008-10-17 comes out as one of 2012-10-17.
#
# Guess: what fromJson reads is rendered as it was, at most in another order.
# Seen:  Version and Id of the document are dropped and 2012-10-17 is written, without a warning; so it is for a document without a
#        Version. In both IAM takes ${aws:username} for plain text (IAM user guide, "Policy variables"); in the new document it is a
#        variable. The same statement speaks of other resources: of one folder with that odd name before, of everybody's own after.
#
# Needs npm.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact aws-cdk-lib@2.276.0 constructs@10.8.1 >/dev/null
cat >round.js <<'JS'
const { App, Stack } = require("aws-cdk-lib");
const { PolicyDocument } = require("aws-cdk-lib/aws-iam");
const given = {
  Version: "2008-10-17",
  Id: "homes",
  Statement: [{ Sid: "Own", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::homes/${aws:username}/*" }],
};
const told = ({ Version: version, Id: id, Statement: [{ Resource: resource }] }) => `Version ${version}, Id ${id}, ${resource}`;
const rendered = (document) => new Stack(new App(), "s").resolve(PolicyDocument.fromJson(document));
const { Version: _, ...unversioned } = given;
for (const document of [given, unversioned]) {
  console.log(`given:    ${told(document)}`);
  console.log(`rendered: ${told(rendered(document))}`);
}
JS
node round.js | tee seen
cat >expected <<'TEXT'
given:    Version 2008-10-17, Id homes, arn:aws:s3:::homes/${aws:username}/*
rendered: Version 2012-10-17, Id undefined, arn:aws:s3:::homes/${aws:username}/*
given:    Version undefined, Id homes, arn:aws:s3:::homes/${aws:username}/*
rendered: Version 2012-10-17, Id undefined, arn:aws:s3:::homes/${aws:username}/*
TEXT
diff expected seen
