import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetCredentialReportCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { compareText } from "../text";
import { askAll } from "../live/ask-all";
import { AnswerError, ask, askWithTime } from "../live/send";
import { readPerson } from "../people/read-person";
import { parseCredentialReport, reportProblem } from "./credential-report";
import type { CredentialFacts, KeyCredentials, PersonCredentials } from "./facts";

/** Lets some time pass; asked for seconds. */
export type Wait = (seconds: number) => Promise<void>;

const TRIES = 15;

/**
 * Every user's credentials: from the credential report, and for users it does not have (it is up to four hours old) one by
 * one. Throws when either cannot be had.
 */
export async function readCredentials(iam: IAMClient, now: Date, wait: Wait): Promise<CredentialFacts> {
  await generateReport(iam, wait);
  const { answer, at } = await askWithTime(iam, new GetCredentialReportCommand({}));
  const users = await askAll(iam, ListUsersCommand, {}, ({ Users }) => Users);
  const arns = new Map(users.map(({ UserName = "", Arn = "" }) => [UserName, Arn]));
  const { GeneratedTime: generated = new Date(0), ReportFormat: format = "" } = answer;
  const text = new TextDecoder().decode(answer.Content);
  const problem = reportProblem(text, { generated, at, format, arns });
  if (problem !== undefined)
    throw new AnswerError("not-this", `the credential report cannot be used: ${problem}; run this again later`);
  const report = parseCredentialReport(text, generated);
  const people: PersonCredentials[] = [];
  for (const { UserName: name = "", CreateDate: created = now } of users) {
    // A user of the same name made since is another user.
    const found = report.people.find((person) => person.name === name && isSameSecond(person.created, created));
    people.push(found ?? (await readOne(iam, name, created)));
  }
  return { generated: report.generated, people: people.sort((a, b) => compareText(a.name, b.name)) };
}

function isSameSecond(a: Date, b: Date): boolean {
  return Math.abs(a.getTime() - b.getTime()) <= 1000;
}

async function generateReport(iam: IAMClient, wait: Wait): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { State } = await ask(iam, new GenerateCredentialReportCommand({}));
    if (State === "COMPLETE") return;
    if (State !== "STARTED" && State !== "INPROGRESS") break;
    await wait(2);
  }
  throw new AnswerError("no-answer", "AWS is still making the credential report; run this again in a minute");
}

async function readOne(iam: IAMClient, name: string, created: Date): Promise<PersonCredentials> {
  const person = await readPerson(iam, name);
  const keys: KeyCredentials[] = [];
  const found = await askAll(iam, ListAccessKeysCommand, { UserName: name }, (page) => page.AccessKeyMetadata);
  for (const { AccessKeyId, CreateDate, Status } of found)
    if (Status !== "Inactive") keys.push(await readKey(iam, AccessKeyId, CreateDate ?? created));
  return {
    name,
    created,
    hasPassword: person?.hasPassword === true,
    hasMfa: (person?.mfaDevices.length ?? 0) > 0,
    keys,
    hasCertificate: (person?.signingCertificates.length ?? 0) > 0,
  };
}

async function readKey(iam: IAMClient, AccessKeyId: string | undefined, made: Date): Promise<KeyCredentials> {
  const { AccessKeyLastUsed } = await ask(iam, new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  return { made, lastUsed: AccessKeyLastUsed?.LastUsedDate };
}
