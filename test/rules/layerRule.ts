import { type Import, importsOf } from './imports.ts';

interface Layer {
  /** Folders of src that it may import. */
  readonly folders: readonly string[];
  /** Folders of which it may import types. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Whether it may import what Node brings. */
  readonly node: boolean;
  /** What no chain of imports may reach at run time: folders, packages, modules of Node's. */
  readonly never: readonly string[];
}

const thinking = ['vscode', 'node:child_process', 'execa'];

/** The layers of ARCHITECTURE.md. A folder of src that is not in it is a violation. */
const layers: Readonly<Record<string, Layer>> = {
  model: { folders: [], node: false, never: thinking },
  bundle: { folders: ['model'], packages: ['@xmldom/xmldom', 'modern-tar', 'plist'], node: true, never: thinking },
  source: { folders: ['model'], node: true, never: thinking },
  tools: { folders: ['model'], packages: ['saxes'], node: false, never: thinking },
  diagnosis: { folders: ['model', 'bundle', 'source', 'tools'], node: false, never: thinking },
  operations: {
    folders: ['model', 'bundle', 'source', 'diagnosis', 'tools'],
    node: true,
    never: ['vscode', 'targets', 'simulator', 'ui', 'terminal'],
  },
  simulator: {
    folders: ['model', 'bundle', 'tools'],
    packages: ['modern-tar', 'plist'],
    node: true,
    never: ['vscode', 'operations', 'ui', 'terminal'],
  },
  targets: {
    folders: ['tools', 'model', 'simulator'],
    packages: ['execa'],
    node: true,
    never: ['vscode', 'operations', 'ui', 'terminal'],
  },
  report: {
    folders: ['operations', 'diagnosis', 'model', 'tools'],
    node: true,
    never: [...thinking, 'targets', 'simulator', 'ui', 'terminal'],
  },
  ui: {
    folders: ['report', 'operations', 'diagnosis', 'model'],
    types: ['tools', 'source', 'bundle'],
    packages: ['vscode', '@vscode/l10n'],
    node: true,
    never: ['node:child_process', 'execa', 'targets', 'simulator', 'terminal'],
  },
  terminal: {
    folders: ['report', 'operations', 'diagnosis', 'model', 'tools', 'source', 'bundle'],
    node: true,
    never: ['vscode', 'node:child_process', 'execa', 'targets', 'simulator', 'ui'],
  },
};

const editorRoot = 'src/extension.ts';
const compositionRoots = [editorRoot, 'src/cli.ts'];
/** What the roots are made of: they import everything but vscode, and nothing but roots and their parts imports them. */
const rootParts = ['src/editorWorld.ts', 'src/openKext.ts', 'src/terminalWorld.ts'];
const startsProcesses = 'src/targets/processRunner.ts';

/** Every import under src that the layers do not allow, one line each; `sources` by path relative to the checkout. */
export function layerViolations(sources: ReadonlyMap<string, string>): string[] {
  const graph = new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]));
  return [...graph.keys()].flatMap(file => [...directViolations(file, graph), ...chainViolations(file, graph)]);
}

type Graph = ReadonlyMap<string, readonly Import[]>;

function directViolations(file: string, graph: Graph): string[] {
  const imports = graph.get(file) ?? [];
  const isForbidden = (of: string) => compositionRoots.includes(of) || (of === 'vscode' && file !== editorRoot);
  const forbidden = imports.filter(({ of }) => isForbidden(of));
  if (isComposition(file)) return forbidden.map(({ of }) => `${file} imports ${of}`);
  const layer = layers[folderOf(file)];
  if (layer === undefined) return [`${file} is in no layer`];
  return imports.filter(one => !isAllowed(file, layer, one)).map(({ of }) => `${file} imports ${of}`);
}

function isComposition(file: string): boolean {
  return compositionRoots.includes(file) || rootParts.includes(file);
}

function isAllowed(file: string, layer: Layer, { of, typeOnly }: Import): boolean {
  if (of.startsWith('node:')) return layer.node && !layer.never.includes(of);
  if (of === 'execa') return file === startsProcesses;
  if (!of.startsWith('src/')) return (layer.packages ?? []).includes(of);
  const folder = folderOf(of);
  if (folder === folderOf(file) || layer.folders.includes(folder)) return true;
  return typeOnly && (layer.types ?? []).includes(folder);
}

function chainViolations(file: string, graph: Graph): string[] {
  const never = layers[folderOf(file)]?.never ?? [];
  const chains = runtimeChains(file, graph);
  return [...chains]
    .filter(([reached]) => never.includes(reached.startsWith('src/') ? folderOf(reached) : reached))
    .map(([, chain]) => chain.join(' → '));
}

/** What is loaded when this file is, each with a shortest way there. */
function runtimeChains(file: string, graph: Graph): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>([[file, [file]]]);
  for (const [reached, chain] of chains)
    for (const { of, typeOnly } of graph.get(reached) ?? [])
      if (!typeOnly && !chains.has(of)) chains.set(of, [...chain, of]);
  return chains;
}

/** `model` of `src/model/kext.ts`; the file itself for what lies in src. */
function folderOf(path: string): string {
  const [, first = '', ...rest] = path.split('/');
  return rest.length === 0 ? path : first;
}
