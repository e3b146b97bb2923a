import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type KextBundle, readKextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Built } from './build.ts';
import type { KextProject } from './kextProject.ts';

/** How deep below the project's folder a product is looked for. */
const deepest = 5;

/**
 * The newest bundle below the project's folder that carries the project's identifier. `justBuilt`: a build has ended well,
 * so that it is to blame where there is none.
 */
export async function product(project: KextProject, { justBuilt = false } = {}): Promise<Built> {
  const folders = await bundleFolders(project.folder, 0);
  const problems: string[] = [];
  const found: { readonly bundle: KextBundle; readonly time: number }[] = [];
  for (const folder of folders) {
    const bundle = await readKextBundle(folder);
    if ('problem' in bundle) problems.push(bundle.problem);
    else if (bundle.infoPlist.bundleIdentifier === project.bundleIdentifier) {
      found.push({ bundle, time: (await stat(bundle.executable?.file ?? folder)).mtimeMs });
    }
  }
  const [newest] = found.sort((a, b) => b.time - a.time);
  if (newest !== undefined) return { bundle: newest.bundle, diagnoses: [] };
  return { bundle: undefined, diagnoses: [noProduct(project, problems, justBuilt)] };
}

async function bundleFolders(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter(entry => entry.isDirectory());
  const bundles = folders.filter(({ name }) => name.endsWith('.kext')).map(({ name }) => join(folder, name));
  if (depth === deepest) return bundles;
  const below = folders.filter(({ name }) => !/\.(kext|dSYM)$|^(\.|node_modules$)/.test(name));
  const deeper = await Promise.all(below.map(({ name }) => bundleFolders(join(folder, name), depth + 1)));
  return [...bundles, ...deeper.flat()];
}

function noProduct(project: KextProject, problems: readonly string[], justBuilt: boolean): Diagnosis {
  const { bundleIdentifier, folder } = project;
  return {
    about: 'build',
    cause: 'buildError',
    severity: 'error',
    message: justBuilt
      ? `The build made no kext with the identifier ${bundleIdentifier} below ${folder}.`
      : `No kext with the identifier ${bundleIdentifier} is below ${folder}: it was not built.`,
    evidence: problems.map(text => ({ text })),
    holders: [],
    remedy: justBuilt
      ? "Check where the build puts its product, and that its Info.plist carries the project's CFBundleIdentifier."
      : 'Build the kext first.',
    certainty: 'certain',
    ...(project.identifierPosition === undefined ? {} : { anchor: project.identifierPosition }),
  };
}
