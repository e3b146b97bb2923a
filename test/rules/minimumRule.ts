import { isAtLeast, lowestVscodeFor, majorOf, nodeOfVscode } from '../support/vscodeNodes.ts';

/** What the files of the checkout say of the lowest VS Code and of its Node. By names that say where each stands. */
export interface MinimumFacts {
  /** package.json: `engines.vscode` and `engines.node`. */
  readonly engines: { readonly vscode: string; readonly node: string };
  /** package.json: the version of `@types/vscode`. */
  readonly types: string;
  /** What ships in the bundles, each with its own `engines.node`. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** esbuild's `target`, by what is built with it. */
  readonly targets: Readonly<Record<string, string>>;
  /** The VS Code of the minimum's server, and the Node it runs on by the kind of machine. */
  readonly server: { readonly vscode: string; readonly nodes: Readonly<Record<string, string>> };
}

/** Each pair that disagrees, as a sentence that names both. */
export function disagreements(facts: MinimumFacts): string[] {
  const vscode = facts.engines.vscode.replace('^', '');
  const node = nodeOfVscode(vscode);
  if (node === undefined) return [`engines.vscode is ${facts.engines.vscode}, and the table of Nodes begins later`];
  const oldNode = `engines.vscode ${facts.engines.vscode} has Node ${node}`;
  const target = `node${majorOf(node)}`;
  return [
    ...dependencyFaults(facts, oldNode, node),
    ...said(facts.types !== vscode, `engines.vscode is ${facts.engines.vscode}, and @types/vscode ${facts.types}`),
    ...said(facts.engines.node !== `>=${majorOf(node)}`, `${oldNode}, and engines.node is ${facts.engines.node}`),
    ...Object.entries(facts.targets).flatMap(([file, its]) =>
      said(its !== target, `${oldNode}, and esbuild’s target in ${file} is ${its}`),
    ),
    ...serverFaults(facts, oldNode, node),
  ];
}

function dependencyFaults({ engines, dependencies }: MinimumFacts, oldNode: string, node: string): string[] {
  const ranges = Object.entries(dependencies).map(([name, range]) => ({ name, range, lowest: lowestNode(range) }));
  const unknown = ranges.filter(({ lowest }) => lowest === undefined);
  if (unknown.length > 0)
    return unknown.map(({ name, range }) => `engines.node of ${name} is not understood: ${range}`);
  const tooNew = ranges.filter(({ lowest }) => !isAtLeast(node, lowest ?? ''));
  if (tooNew.length > 0) return tooNew.map(({ name, range }) => `${oldNode}, and ${name} wants ${range}`);
  const enough = lowestVscodeFor(ranges.map(({ lowest }) => lowest ?? ''));
  return said(
    engines.vscode !== `^${enough}.0`,
    `engines.vscode is ${engines.vscode}, and ${enough} has all that the dependencies want`,
  );
}

function serverFaults({ engines, server }: MinimumFacts, oldNode: string, node: string): string[] {
  const { vscode, nodes } = server;
  return [
    ...said(
      !isAtLeast(vscode, engines.vscode.replace('^', '')),
      `engines.vscode is ${engines.vscode}, and the server of the minimum is VS Code ${vscode}`,
    ),
    ...Object.entries(nodes).flatMap(([machine, its]) =>
      said(
        majorOf(its) !== majorOf(node) || !isAtLeast(its, node),
        `${oldNode}, and the server of the minimum runs on Node ${its} (${machine})`,
      ),
    ),
  ];
}

/** `22` of `>=22`, `12.22.7` of `>=v12.22.7`; undefined for any other kind of range. */
function lowestNode(range: string): string | undefined {
  return /^>=\s*v?(\d+(?:\.\d+){0,2})$/.exec(range)?.[1];
}

function said(wrong: boolean, sentence: string): string[] {
  return wrong ? [sentence] : [];
}
