import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { emptySandbox } from "../../sandbox/empty";
import { findRunningSandbox, stopRunningSandbox } from "../../sandbox/running-sandbox";
import { shellExports } from "../../sandbox/sandbox-env";
import { startOnce } from "../../sandbox/start-once";
import { didYouMean, quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag } from "../flags";

type Action = (context: Context) => Promise<Answer>;

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["start", start],
  ["stop", stop],
  ["reset", reset],
  ["env", env],
]);

/** Starts, stops, empties or describes the sandbox of this folder. Exit 0, or 2 with what is missing. */
export const sandbox = define(
  {
    name: "sandbox",
    about: "a local AWS emulator, real Terraform against it, and nothing of yours in reach",
    usage: (command) => command.argument("<action>", "start | stop | reset | env").addOption(jsonFlag()),
  },
  async (context, _options, action) => {
    const names = [...ACTIONS.keys()];
    const act = ACTIONS.get(action);
    if (act === undefined)
      throw new Refusal(`unknown action ${quote(action)}${didYouMean(action, names)}; give ${names.join(", ")}`);
    const answer = await act(context);
    return { ...answer, data: { action, ...answer.data } };
  },
);

async function start({ root, env: environment, stderr }: Context): Promise<Answer> {
  const log = (line: string) => stderr(`${line}\n`);
  const { url, pid, variables } = await startOnce({ root, env: environment, log });
  return {
    exit: 0,
    text: `the sandbox listens at ${url}\nuse it with: eval "$(rolecall sandbox env)"\n`,
    data: { running: true, url, pid, variables },
  };
}

async function stop({ root }: Context): Promise<Answer> {
  const text = (await stopRunningSandbox(root)) ? "the sandbox is stopped\n" : "no sandbox was running\n";
  return { exit: 0, text, data: { running: false } };
}

async function reset({ root }: Context): Promise<Answer> {
  return { exit: 0, text: "the sandbox is empty\n", data: { running: await emptySandbox(root) } };
}

async function env({ root }: Context): Promise<Answer> {
  const running = findRunningSandbox(root);
  if (!running) throw new Refusal("no sandbox is running; start it: rolecall sandbox start");
  const { variables } = running;
  return { exit: 0, text: shellExports(variables), data: { running: true, variables } };
}
