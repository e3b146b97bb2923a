import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BundleProblem, type KextBundle, readKextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Built } from './build.ts';
import { bundleFolders } from './bundleFolders.ts';
import { fitsWritten, isFilledIn } from './identifierOfProduct.ts';
import type { KextProject } from './kextProject.ts';

/** What is known of a build that has just ended well. */
export interface JustBuilt {
  /** It is to blame where there is no product. */
  readonly justBuilt?: boolean;
  /** Bundles that it said it made. */
  readonly said?: readonly string[];
}

/**
 * The kext's bundle. Where Xcode builds it, it is the one that Xcode names, and no other; else the newest one that carries the
 * project's identifier, of those that the build told and those below the project's folder.
 */
export async function product(project: KextProject, { justBuilt = false, said = [] }: JustBuilt = {}): Promise<Built> {
  const { xcode } = project;
  const named = xcode?.builds ? (xcode.product ?? onlyOf(said, xcode.productName)) : undefined;
  const folders = named === undefined ? await candidates(project, said) : [named];
  const problems: string[] = [];
  const found: { readonly bundle: KextBundle; readonly time: number }[] = [];
  for (const folder of folders) {
    const bundle = await readKextBundle(folder);
    const mismatch = mismatchOf(project, bundle);
    if ('problem' in bundle) problems.push(bundle.problem);
    else if (mismatch === undefined) found.push({ bundle, time: await timeOf(bundle) });
    else if (named !== undefined) problems.push(mismatch);
  }
  const [newest] = found.sort((a, b) => b.time - a.time);
  if (newest !== undefined) return { bundle: newest.bundle, diagnoses: [] };
  return { bundle: undefined, diagnoses: [noProduct(project, named, problems, justBuilt)] };
}

/** The one that a build told which has the product's name: plug-ins in it and other targets are told, too. */
function onlyOf(said: readonly string[], name: string | undefined): string | undefined {
  return said.find(path => name === undefined || basename(path) === name);
}

async function candidates({ folder, xcode }: KextProject, said: readonly string[]): Promise<readonly string[]> {
  const told = xcode?.product === undefined ? said : [...said, xcode.product];
  return [...new Set([...told, ...(await bundleFolders(folder))])];
}

/** Why a bundle is not the project's; undefined where it is. */
function mismatchOf({ bundleIdentifier }: KextProject, bundle: KextBundle | BundleProblem): string | undefined {
  if ('problem' in bundle) return undefined;
  const { bundleIdentifier: carried = 'no identifier' } = bundle.infoPlist;
  if (fitsWritten(bundleIdentifier, carried)) return undefined;
  return `${bundle.folder} carries ${carried}; the project's Info.plist comes to ${bundleIdentifier}.`;
}

async function timeOf({ executable, folder }: KextBundle): Promise<number> {
  return (await stat(executable?.file ?? folder)).mtimeMs;
}

function noProduct(
  project: KextProject,
  named: string | undefined,
  problems: readonly string[],
  justBuilt: boolean,
): Diagnosis {
  const { bundleIdentifier, folder } = project;
  const kext = isFilledIn(bundleIdentifier)
    ? `the identifier ${bundleIdentifier}`
    : 'an identifier that fits its Info.plist';
  const place = named === undefined ? `below ${folder}` : `at ${named}`;
  return {
    about: 'build',
    cause: 'buildError',
    severity: 'error',
    message: justBuilt
      ? `The build made no kext with ${kext} ${place}.`
      : `No kext with ${kext} is ${place}: it was not built.`,
    evidence: problems.map(text => ({ text })),
    holders: [],
    remedy: justBuilt
      ? "Check where the build puts its product, and that its Info.plist carries the project's CFBundleIdentifier."
      : 'Build the kext first.',
    certainty: 'certain',
    ...(project.identifierPosition === undefined ? {} : { anchor: project.identifierPosition }),
  };
}
