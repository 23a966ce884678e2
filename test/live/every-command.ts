import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../..");

/** One command that the product sends: `ListUsers` of `@aws-sdk/client-iam`. */
export interface SentCommand {
  readonly action: string;
  readonly service: "iam" | "sts";
}

/** TypeScript files of the product, below the project folder. */
export function productFiles(): readonly string[] {
  return ["main.ts", "scripts", "stacks", "modules", "bench"].flatMap((path) => filesBelow(join(ROOT, path)));
}

function filesBelow(path: string): readonly string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
  return path.endsWith(".ts") ? [relative(ROOT, path)] : [];
}

export function textOfFile(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Every command class that a file of the product takes from the SDK, by import or by `await import`. */
export function sentCommands(): readonly SentCommand[] {
  const found = new Map<string, SentCommand>();
  for (const path of productFiles())
    for (const { name, service } of namesFrom(ts.createSourceFile(path, textOfFile(path), ts.ScriptTarget.ES2022))) {
      const action = /^(\w+)Command$/.exec(name)?.[1];
      if (action !== undefined) found.set(action, { action, service });
    }
  return [...found.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
}

interface Named {
  readonly name: string;
  readonly service: "iam" | "sts";
}

function namesFrom(file: ts.SourceFile): readonly Named[] {
  const names: Named[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const service = serviceOf(node.moduleSpecifier.text);
      const bindings = node.importClause?.namedBindings;
      if (service !== undefined && bindings !== undefined && ts.isNamedImports(bindings))
        names.push(
          ...bindings.elements.map(({ propertyName, name }) => ({ name: (propertyName ?? name).text, service })),
        );
    }
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      const [, module = ""] = /import\("([^"]+)"\)/.exec(node.initializer.getText(file)) ?? [];
      const service = serviceOf(module);
      if (service !== undefined)
        names.push(
          ...node.name.elements.map((each) => ({ name: (each.propertyName ?? each.name).getText(file), service })),
        );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function serviceOf(module: string): "iam" | "sts" | undefined {
  return module === "@aws-sdk/client-iam" ? "iam" : module === "@aws-sdk/client-sts" ? "sts" : undefined;
}
