import { createContext } from "../../modules/machine/create-context";
import { synthesizeFake } from "./fake-project";
import { apply } from "./stack-commands";

/** Applies the fake project in the working directory. */
const tools = {
  synth: async (_context: unknown, { outdir }: { readonly outdir: string }) => synthesizeFake(process.cwd(), outdir),
  confirm: async () => false,
};

apply(
  { ...createContext(process), root: process.cwd() },
  { stacks: [], parallelism: 2, json: false, autoApprove: true },
  tools,
).then((code) => {
  process.exitCode = code;
});
