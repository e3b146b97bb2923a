import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { repositoryFolder } from '../support/repository.ts';
import { disagreements, type MinimumFacts } from './minimumRule.ts';
import { readSources } from './sources.ts';

type Versions = Readonly<Record<string, string>>;

interface Package {
  readonly engines?: Versions;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
}

describe('the lowest VS Code', () => {
  let facts: MinimumFacts;

  before(async () => {
    facts = await readFacts();
  });

  it('is the lowest whose Node suffices for what ships, and the types, the bundles and the tests are of the same', () => {
    assert.deepEqual(disagreements(facts), []);
  });

  it('is checked by facts that are there', () => {
    assert.ok('node_modules/execa' in facts.dependencies);
    assert.ok(Object.keys(facts.targets).length >= 2);
    assert.ok(Object.keys(facts.server.nodes).length >= 2);
  });

  const faults: readonly { fault: string; changed: (facts: MinimumFacts) => Partial<MinimumFacts>; says: RegExp }[] = [
    {
      fault: 'a lower VS Code',
      changed: ({ engines }) => ({ engines: { ...engines, vscode: '^1.100.0' } }),
      says: /\^1\.100\.0 has Node 20\..* wants >=22/,
    },
    {
      fault: 'a higher VS Code',
      changed: ({ engines }) => ({ engines: { ...engines, vscode: '^1.105.0' } }),
      says: /\^1\.105\.0, and 1\.101 has all/,
    },
    {
      fault: 'a dependency that wants a newer Node',
      changed: ({ dependencies }) => ({ dependencies: { ...dependencies, greedy: '>=24' } }),
      says: /has Node 22\..*, and greedy wants >=24/,
    },
    {
      fault: 'a dependency with another kind of range',
      changed: ({ dependencies }) => ({ dependencies: { ...dependencies, odd: '22 || 24' } }),
      says: /odd is not understood: 22 \|\| 24/,
    },
    {
      fault: 'newer types',
      changed: () => ({ types: '1.139.0' }),
      says: /engines\.vscode is .*, and @types\/vscode 1\.139\.0/,
    },
    {
      fault: 'a bundle for a newer Node',
      changed: () => ({ targets: { 'bundles.ts': 'node24' } }),
      says: /has Node 22\..*bundles\.ts is node24/,
    },
    {
      fault: 'another Node of the terminal’s program',
      changed: ({ engines }) => ({ engines: { ...engines, node: '>=20' } }),
      says: /has Node 22\..*engines\.node is >=20/,
    },
    {
      fault: 'tests on an older VS Code',
      changed: ({ server }) => ({ server: { ...server, vscode: '1.100.3' } }),
      says: /the minimum is VS Code 1\.100\.3/,
    },
    {
      fault: 'tests on another Node',
      changed: ({ server }) => ({ server: { ...server, nodes: { 'linux-x64': '24.21.0' } } }),
      says: /runs on Node 24\.21\.0 \(linux-x64\)/,
    },
  ];
  for (const { fault, changed, says } of faults)
    it(`disagrees with ${fault}`, () => {
      assert.match(disagreements({ ...facts, ...changed(facts) }).join('\n'), says);
    });
});

async function readFacts(): Promise<MinimumFacts> {
  const { engines, devDependencies } = await readPackage('.');
  const server = await readPackage('test/support/vscode-server-minimum');
  return {
    engines: { vscode: engines?.vscode ?? '', node: engines?.node ?? '' },
    types: devDependencies?.['@types/vscode'] ?? '',
    dependencies: await readDependencies(),
    targets: await readTargets(),
    server: {
      vscode: (server.dependencies?.['code-server'] ?? '').replace(/^4/, '1'),
      nodes: Object.fromEntries(
        Object.entries(server.optionalDependencies ?? {})
          .filter(([name]) => name.startsWith('node-'))
          .map(([name, version]) => [name.replace('node-', ''), version]),
      ),
    },
  };
}

/** The packages that `npm ci --omit=dev` installs on every machine, whoever asked for them: all of them are in the bundles. */
async function readDependencies(): Promise<Versions> {
  const lock: { packages: Readonly<Record<string, { dev?: boolean; optional?: boolean }>> } = JSON.parse(
    await readFile(join(repositoryFolder, 'package-lock.json'), 'utf8'),
  );
  const shipped = Object.entries(lock.packages).filter(([path, one]) => path !== '' && !one.dev && !one.optional);
  const ranges = await Promise.all(
    shipped.map(async ([path]) => [path, (await readPackage(path)).engines?.node ?? '>=0'] as const),
  );
  return Object.fromEntries(ranges);
}

async function readTargets(): Promise<Versions> {
  const sources = [...(await readSources('test/support', '.ts'))].filter(([, text]) => text.includes("from 'esbuild'"));
  return Object.fromEntries(
    sources.flatMap(([path, text]) =>
      [...text.matchAll(/\btarget: '([^']+)'/g)].map(([, target = ''], at) => [`${path} (${at + 1})`, target]),
    ),
  );
}

async function readPackage(folder: string): Promise<Package> {
  return JSON.parse(await readFile(join(repositoryFolder, folder, 'package.json'), 'utf8'));
}
