import { commitName, dayAndMinute } from '../diagnosis/buildName.ts';
import type { ShelvedReload } from '../operations/shelf/shelf.ts';
import { columns } from './columns.ts';

/** The reloads that are kept, a line each: when, version, the end of the UUID, commit, how it ended, live instances; then where each lies. */
export function shelfText(
  reloads: readonly ShelvedReload[],
  { kext, target }: { readonly kext: string; readonly target: string },
): string {
  if (reloads.length === 0) return `No reload of ${kext} on ${target} is kept.`;
  const rows = reloads.map(reload => [
    dayAndMinute(new Date(reload.time)).join(' '),
    reload.version ?? 'no version',
    reload.uuid?.slice(-4) ?? 'no UUID',
    reload.commit === undefined ? 'no commit' : commitName(reload.commit),
    outcomeWords(reload),
    countsText(reload),
  ]);
  return columns(rows)
    .flatMap((line, at) => [line, `    ${reloads[at]?.bundle ?? ''}`])
    .join('\n');
}

/** How it ended, in words; with what its load proves where that is less, or another thing, than its UUID. */
export function outcomeWords({ outcome, proof }: Pick<ShelvedReload, 'outcome' | 'proof'>): string {
  const ended = outcome.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return proof === undefined || proof.kind === 'uuid' ? ended : `${ended} (${proofWords[proof.kind]})`;
}

const proofWords = {
  sameCode: 'same code, loaded anew',
  likely: 'likely',
  sameRow: 'not loaded anew',
  anotherBuild: 'another build ran',
  notListed: 'not listed',
} as const;

/** `PumpDriver 1, Rotor 2`: the classes with live instances. */
export function countsText({ counts }: Pick<ShelvedReload, 'counts'>): string {
  const alive = Object.entries(counts).filter(([, count]) => count !== 0);
  return alive.map(([name, count]) => `${name} ${count}`).join(', ');
}
