import { buildName, type EarlierBuild } from './buildName.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type LoadedKextFacts, onIdentifier } from './loadFailure.ts';
import type { LoadProof } from './loadProof.ts';

/** What is known of the code that runs in place of the build. */
export interface RunningInstead {
  /** It is the one that was loaded before. */
  readonly ranBefore: boolean;
  /** An earlier build that was kept; undefined where none of them is it. */
  readonly earlier: EarlierBuild | undefined;
  /** Where copies of the kext lie on the target. */
  readonly copies: readonly RunningCopy[];
}

/** A copy of the kext on the target. */
export interface RunningCopy {
  readonly path: string;
  readonly version: string | undefined;
  /** Of all architectures; none where the file could not be read. */
  readonly uuids: readonly string[];
}

/** The list names another binary than the one that was built and installed, or none. `now`: the moment at which it is told. */
export function wrongBuildRuns(
  kext: LoadedKextFacts,
  built: string | undefined,
  proof: LoadProof,
  instead: RunningInstead,
  now: Date,
): Diagnosis {
  const { bundleIdentifier, target } = kext;
  const lies = instead.copies.find(({ uuids }) => proof.uuid !== null && uuids.includes(proof.uuid));
  const message =
    proof.kind === 'notListed'
      ? `${bundleIdentifier} was loaded, and ${target} does not list it.`
      : `The build of ${bundleIdentifier} that runs is not the one that was built. ${whichRuns(proof, instead, now)}${
          lies === undefined ? '' : ` It lies in ${lies.path}.`
        }`;
  return onIdentifier(kext, {
    cause: 'wrongBuildRuns',
    message,
    remedy: remedy(kext, proof, instead, lies),
    evidence: [
      { text: `built ${built ?? 'without a UUID'}` },
      { text: rowText('listed', proof) },
      ...instead.copies.map(copy => ({ text: copyText(copy) })),
    ],
  });
}

function whichRuns({ uuid }: LoadProof, { ranBefore, earlier }: RunningInstead, now: Date): string {
  const named = earlier === undefined ? undefined : `the build of ${buildName(earlier, now)}`;
  if (ranBefore) return `It is the one that ran before${named === undefined ? '' : `, ${named}`}.`;
  if (named !== undefined) return `It is ${named}.`;
  return uuid === null
    ? 'Which one it is cannot be told: the list has no UUID of it.'
    : 'It is not known: no reload on the shelf has its UUID.';
}

function remedy(
  { target }: LoadedKextFacts,
  { kind }: LoadProof,
  { ranBefore }: RunningInstead,
  lies: RunningCopy | undefined,
): string {
  if (kind === 'notListed') return 'Read the log: the kernel may have unloaded it again at once.';
  if (lies !== undefined) return `Remove the copy in ${lies.path}, then reload.`;
  if (ranBefore) return `Restart ${target}, then reload.`;
  return `Find Stale Copies looks for other copies of the kext on ${target}; if there is none, restart it.`;
}

function copyText({ path, version = 'without a version', uuids }: RunningCopy): string {
  const known = uuids.length === 0 ? '' : `, ${uuids.join(', ')}`;
  return `copy ${path}: ${version}${known}`;
}

/** The unload was reported as done, and the row of before is still listed: the code was not loaded anew. */
export function notReloaded(kext: LoadedKextFacts, proof: LoadProof): Diagnosis {
  return onIdentifier(kext, {
    cause: 'notReloaded',
    message: `${kext.bundleIdentifier} was not loaded anew: ${kext.target} lists the same load as before the unload.`,
    remedy: `Restart ${kext.target} to start it afresh.`,
    evidence: [{ text: rowText('listed before and after', proof) }],
  });
}

function rowText(word: string, { kind, uuid, loadIndex, address }: LoadProof): string {
  if (kind === 'notListed') return 'not listed';
  const row = [`index ${loadIndex ?? 'unknown'}`, ...(address === null ? [] : [`address ${address}`])];
  return `${word} ${uuid ?? 'without a UUID'}, ${row.join(', ')}`;
}
