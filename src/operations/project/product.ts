import { basename } from 'node:path';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Built } from '../build.ts';
import { bundleFolders } from './bundleFolders.ts';
import { type Making, readCandidates } from './candidates.ts';
import type { KextProject } from './kextProject.ts';
import { type Candidate, isFilledIn, pickProduct } from './productFit.ts';

/**
 * The kext's bundle. Where Xcode builds it, it is the one that Xcode names, and no other; else the newest one of the project's, of
 * those that the build told and those below the project's folder. `making`: of a build that has just ended well, which is to blame
 * where there is no product.
 */
export async function product(project: KextProject, making?: Making): Promise<Built> {
  const { xcode, infoPlist, bundleIdentifier } = project;
  const said = making?.said ?? [];
  const named = xcode?.builds ? (xcode.product ?? onlyOf(said, xcode.productName)) : undefined;
  const folders = named === undefined ? await foldersOf(project, said) : [named];
  const { candidates, problems } = await readCandidates(folders, making);
  // What Xcode names it has made.
  const found = named === undefined ? candidates : candidates.map(each => ({ ...each, made: true }));
  const picked = await pickProduct(project, found, bundleIdentifier);
  if ('bundle' in picked) return { bundle: picked.bundle, diagnoses: [] };
  const others = named === undefined || picked.length > 0 ? [] : candidates;
  const mismatches = others.map(
    ({ bundle }) =>
      `${bundle.folder} carries ${carriedBy(bundle)}; the project's Info.plist comes to ${infoPlist.bundleIdentifier}.`,
  );
  const evidence = [...problems, ...mismatches];
  const diagnosis =
    picked.length > 0
      ? uncertain(project, picked, evidence)
      : noProduct(project, named, evidence, making !== undefined);
  return { bundle: undefined, diagnoses: [diagnosis] };
}

/** The one that a build told which has the product's name: plug-ins in it and other targets are told, too. */
function onlyOf(said: readonly string[], name: string | undefined): string | undefined {
  return said.find(path => name === undefined || basename(path) === name);
}

async function foldersOf({ folder, xcode }: KextProject, said: readonly string[]): Promise<readonly string[]> {
  const told = xcode?.product === undefined ? said : [...said, xcode.product];
  return [...new Set([...told, ...(await bundleFolders(folder))])];
}

function carriedBy({ infoPlist }: Candidate['bundle']): string {
  return infoPlist.bundleIdentifier ?? 'no identifier';
}

/** Bundles lie there that may be its product, and none is for certain, or several with different identifiers are. */
function uncertain(
  { folder, infoPlist, identifierPosition }: KextProject,
  candidates: readonly Candidate[],
  problems: readonly string[],
): Diagnosis {
  const told = candidates.map(({ bundle }) => `${bundle.folder} carries ${carriedBy(bundle)}.`);
  const several = new Set(candidates.map(({ bundle }) => bundle.infoPlist.bundleIdentifier)).size > 1;
  const why = `the Info.plist leaves its identifier, ${infoPlist.bundleIdentifier}, to the build`;
  return {
    about: 'build',
    cause: 'buildError',
    severity: 'error',
    message: several
      ? `Which kext below ${folder} is the project's is not certain: ${why}, and several fit.`
      : `No kext below ${folder} is certainly the project's: ${why}, and no build that made it was seen.`,
    evidence: [...told, ...problems].map(text => ({ text })),
    holders: [],
    remedy: several
      ? "Remove those that are not the project's, or write the CFBundleIdentifier into its Info.plist."
      : 'Remove it and build the kext, or write the CFBundleIdentifier into its Info.plist.',
    certainty: 'certain',
    ...(identifierPosition === undefined ? {} : { anchor: identifierPosition }),
  };
}

function noProduct(
  project: KextProject,
  named: string | undefined,
  problems: readonly string[],
  justBuilt: boolean,
): Diagnosis {
  const { folder, infoPlist } = project;
  const { bundleIdentifier = '' } = infoPlist;
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
