#!/bin/sh
# @aws-sdk/client-iam 3.1169.0 (JavaScript): a waiter goes on asking what it is not allowed to ask.
#
# Guess: waitUntilRoleExists fails at the first AccessDenied, as botocore's waiter does, and names it.
# Seen:  every error that the waiter does not know is "not yet": it asks until maxWaitTime is over and ends with TimeoutError and
#        state TIMEOUT. The refusal stands in a JSON text inside the message alone. A script whose role lacks iam:GetRole looks like one
#        whose new role takes long to arrive. waitUntilUserExists and waitUntilPolicyExists are the same.
#
# Needs npm; asks a server of its own on this machine.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @aws-sdk/client-iam@3.1169.0 >/dev/null
cat >wait.js <<'JS'
const { createServer } = require("node:http");
const { IAMClient, waitUntilPolicyExists, waitUntilRoleExists, waitUntilUserExists } = require("@aws-sdk/client-iam");
const REFUSAL =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>";
let requests = 0;
const server = createServer((request, response) => {
  requests++;
  request.resume().on("end", () => response.writeHead(403, { "content-type": "text/xml" }).end(REFUSAL));
}).listen(0, "127.0.0.1", async () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const client = new IAMClient({ endpoint, region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  const asked = { client, maxWaitTime: 4, minDelay: 1, maxDelay: 1 };
  for (const wait of [
    () => waitUntilRoleExists(asked, { RoleName: "new" }),
    () => waitUntilUserExists(asked, { UserName: "new" }),
    () => waitUntilPolicyExists(asked, { PolicyArn: "arn:aws:iam::111111111111:policy/new" }),
  ]) {
    requests = 0;
    const error = await wait().catch((reason) => reason);
    console.log(`${error.name}, ${JSON.parse(error.message).state}, asked more than twice: ${requests > 2}`);
  }
  server.close();
  server.closeAllConnections();
});
JS
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node wait.js | tee seen
for _ in role user policy; do echo 'TimeoutError, TIMEOUT, asked more than twice: true'; done >expected
diff expected seen
