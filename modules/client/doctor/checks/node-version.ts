import { type Check, fail, ok } from "../check";
import { isOlder, versionIn } from "../version";

/** What package.json asks for. */
export const nodeVersion: Check = {
  id: "node",
  examine: ({ node }) => {
    const version = versionIn(node);
    const old = version === undefined || isOlder(version, [20, 0, 0]);
    return [old ? fail(`Node.js ${node} is too old`, "install Node.js 20 or newer") : ok(`Node.js ${node}`)];
  },
};
