#!/bin/sh
# The AWS SDK for JavaScript (client-iam 3.1169.0) takes answers for success, and lists for empty, that are no answers of IAM.
# Installs pinned public packages in a folder of its own, asks a server on this machine, and fails when any of it changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact @aws-sdk/client-iam@3.1169.0 >/dev/null
cat > ask.js <<'JS'
const { createServer } = require("node:http");
const { IAMClient, ListUsersCommand, paginateListUsers } = require("@aws-sdk/client-iam");
const right = (result, action = "ListUsers") =>
  `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
const end = "<IsTruncated>false</IsTruncated>";
const FORMS = {
  "another action": [200, right("<Groups/>" + end, "ListGroups")],
  "a refusal with 200": [200, "<ErrorResponse><Error><Code>AccessDenied</Code></Error><RequestId>1</RequestId></ErrorResponse>"],
  "status 204": [204, ""],
  "any root": [200, `<x><ListUsersResult><Users/>${end}</ListUsersResult></x>`],
  "two roots": [200, right("<Users/>" + end) + "<y/>"],
  "items of another name": [200, right("<Users><user><UserName>ann</UserName></user></Users>" + end)],
  "text for a list": [200, right("<Users>none</Users>" + end)],
  "perhaps more": [200, right("<Users/><IsTruncated>perhaps</IsTruncated>")],
  "NoSuchEntity from anybody": [404, "<x><Error><Code>NoSuchEntity</Code></Error></x>"],
};
const EXPECTED = [
  "another action: {}",
  "a refusal with 200: {}",
  "status 204: {}",
  'any root: {"Users":[],"IsTruncated":false}',
  'two roots: {"Users":[],"IsTruncated":false}',
  'items of another name: {"Users":[],"IsTruncated":false}',
  'text for a list: {"Users":[],"IsTruncated":false}',
  'perhaps more: {"Users":[],"IsTruncated":false}',
  "NoSuchEntity from anybody: NoSuchEntityException",
  "more, without a marker: 1 page, then the end",
  "one marker again and again: still paging after 50",
];
let form;
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(form[0], { "content-type": "text/xml" });
    response.end(form[0] === 204 ? undefined : form[1]);
  });
}).listen(0, "127.0.0.1", async () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const client = new IAMClient({ endpoint, region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  const seen = [];
  for (const [name, each] of Object.entries(FORMS)) {
    form = each;
    const said = await client.send(new ListUsersCommand({})).then(({ $metadata, ...answer }) => JSON.stringify(answer), (error) => error.name);
    seen.push(`${name}: ${said}`);
  }
  const pages = async (most) => {
    let count = 0;
    for await (const _ of paginateListUsers({ client }, {})) if (++count >= most) break;
    return count;
  };
  form = [200, right("<Users/><IsTruncated>true</IsTruncated>")];
  seen.push(`more, without a marker: ${await pages(50)} page, then the end`);
  form = [200, right("<Users/><IsTruncated>true</IsTruncated><Marker>m</Marker>")];
  seen.push(`one marker again and again: still paging after ${await pages(50)}`);
  server.close();
  server.closeAllConnections();
  for (const line of seen) console.log(line);
  if (JSON.stringify(seen) !== JSON.stringify(EXPECTED)) {
    console.error("the SDK behaves otherwise by now");
    process.exitCode = 1;
  }
});
JS
echo "@aws-sdk/client-iam $(node -p 'require("@aws-sdk/client-iam/package.json").version')"
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node ask.js
