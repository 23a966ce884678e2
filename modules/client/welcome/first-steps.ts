import { shellWord } from "../shell-word";

/** What a first step is made of: a sentence, or something to type or paste. */
export type StepLine = { readonly say: string } | { readonly copy: string };

/** What the page knows of one person. */
export interface Newcomer {
  readonly person: string;
  readonly signInUrl: string;
  /** Commands to try at the end; absent without a role. */
  readonly profilesCommand: string;
  /** Address of the repository that holds the roster. */
  readonly checkout?: string;
  readonly execCommand?: string;
}

/** One step of the way in, in the order that the enrolment's promises prove. */
export interface FirstStep {
  /** The moment of `modules/proof/promises/enrolment.json` in which the step is taken. */
  readonly moment: string;
  /** IAM actions the step takes; each must be possible in that moment. */
  readonly actions: readonly string[];
  readonly title: string;
  readonly lines: (newcomer: Newcomer) => readonly StepLine[];
}

/**
 * From the one-time password to the first role. Keys come after MFA and never before: a key without a device lets whoever
 * steals it enrol one. The device carries the person's name, because that is the one they can delete themselves.
 */
export const FIRST_STEPS: readonly FirstStep[] = [
  {
    moment: "signed in with the temporary password, nothing enrolled",
    actions: ["iam:ChangePassword"],
    title: "Sign in and set your own password",
    lines: ({ person, signInUrl }) => [
      {
        say: "Open the sign-in page. It asks for your user name and your one-time password, which you got separately.",
      },
      { copy: signInUrl },
      { copy: person },
      { say: "AWS then asks for a password of your own. Keep it in a password manager, and use it nowhere else." },
      { say: "If the one-time password does not work, somebody may have used it before you: report it immediately." },
    ],
  },
  {
    moment: "own password set, first device",
    actions: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"],
    title: "Enrol your MFA device, the same day",
    lines: ({ person }) => [
      {
        say: "At the top right choose your name, then Security credentials, then Assign MFA device. Give the device exactly your user name; you can delete it yourself only if it is called so.",
      },
      { copy: person },
      {
        say: "Choose Authenticator app, scan the code with your app, and type two codes that follow each other. A passkey opens the console, but not the command line.",
      },
      {
        say: "If that broke off half way, do it again under another name, such as your user name and -2, and say so: an administrator removes the first. Messages that you may not see other things are normal until you have signed in with MFA.",
      },
    ],
  },
  {
    moment: "signed in again, with MFA",
    actions: [],
    title: "Sign out, and sign in with a code",
    lines: () => [
      { say: "Only a sign-in with a code opens anything else. From now on AWS asks for one each time." },
      { say: "In the console you can now take a role: choose a link under What you can reach." },
    ],
  },
  {
    moment: "signed in again, with MFA",
    actions: ["iam:CreateAccessKey", "iam:ListAccessKeys"],
    title: "For the command line: an access key and your profiles",
    lines: ({ profilesCommand, checkout }) => [
      {
        say: "Under Security credentials choose Create access key, for the command line. Never make one for somebody else, and never put one into a file of a project.",
      },
      { say: "Store it; the command asks for both parts:" },
      { copy: "aws configure" },
      {
        say: "Rolecall is in the same repository as the roster. Get a copy, and in its folder install what it needs and give it its name:",
      },
      ...(checkout === undefined
        ? [{ say: "Whoever helps you (below) knows where the repository is." }]
        : [{ copy: `git clone -- ${shellWord(checkout)}` }]),
      { copy: "npm ci" },
      { copy: `alias rolecall="node '$PWD/bin/rolecall.js'"` },
      {
        say: "The name lasts as long as this terminal; to keep it, put the line that alias rolecall prints into your shell's start-up file. Never run npx rolecall anywhere: that is a stranger's package. Then write the profiles of exactly the roles you have:",
      },
      { copy: profilesCommand },
    ],
  },
  {
    moment: "signed in again, with MFA",
    actions: [],
    title: "Try it",
    lines: ({ execCommand }) =>
      execCommand === undefined
        ? [{ say: "You have no role yet. Ask for one; the profiles are written again then." }]
        : [{ say: "It asks for one code, and then for none until the session ends." }, { copy: execCommand }],
  },
  {
    moment: "a second device, or a new phone, with MFA",
    actions: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
    title: "Later: a second device",
    lines: () => [
      { say: "A lost phone locks you out. Enrol a second device while you have the first:" },
      { copy: "rolecall mfa enrol" },
    ],
  },
];
