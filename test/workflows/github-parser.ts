import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { HOME } from "../support/run-command";

interface TemplateError {
  readonly rawMessage: string;
  readonly message: string;
}
interface Parser {
  parseWorkflow(file: { name: string; content: string }, trace: unknown): { context: Context; value: unknown };
  convertWorkflowTemplate(
    context: Context,
    value: unknown,
    fetch: undefined,
    options: object,
  ): Promise<{ jobs: readonly unknown[] }>;
  readonly NoOperationTraceWriter: new () => unknown;
  readonly ErrorPolicy: { readonly TryConversion: unknown };
}
interface Context {
  readonly errors: { getErrors(): readonly TemplateError[] };
}

/**
 * What GitHub's own parser finds wrong with a workflow, a line each; several faults are found when it is converted only. The package
 * imports JSON without saying so, which no Node since 20 takes: it has to be bundled.
 */
export function githubParser(): (name: string, content: string) => Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-parser-"));
  try {
    const outfile = join(folder, "parser.js");
    buildSync({
      stdin: {
        contents: `
          export * from "@actions/workflow-parser";
          export { ErrorPolicy } from "@actions/workflow-parser/model/convert";
        `,
        resolveDir: HOME,
      },
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile,
      logLevel: "error",
    });
    const parser = require(outfile) as Parser;
    return (name, content) => troubles(parser, name, content);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function troubles(parser: Parser, name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
  const parsed = messages(context);
  if (value === undefined) return parsed.length > 0 ? parsed : ["the parser read nothing"];
  const errorPolicy = parser.ErrorPolicy.TryConversion;
  const { jobs } = await parser.convertWorkflowTemplate(context, value, undefined, { errorPolicy });
  const found = messages(context);
  return found.length > 0 || jobs.length > 0 ? found : ["the parser found no job"];
}

function messages({ errors }: Context): readonly string[] {
  return errors.getErrors().map(({ message }) => message);
}
