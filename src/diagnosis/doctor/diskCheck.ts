import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** In units of 1024 bytes: less than the first takes no copy of a bundle, less than the second no kext collection. */
const least = { forBundle: 100 * 1024, forCollection: 1024 * 1024 } as const;

/** There is room for a copy of a bundle beside the one that is there. */
export function diskCheck({ volumes }: TargetAnswers): DoctorFinding {
  const [tightest] = [...(volumes.answer ?? [])].sort((a, b) => a.available - b.available);
  if (tightest === undefined) return unknownFinding('disk', volumes, 'how much room is left is not known');
  const about = { check: 'disk', of: 'target', asked: volumes.command, evidence: volumes.said } as const;
  const free = `${sizeText(tightest.available)} of ${sizeText(tightest.size)} are free on ${tightest.mountedOn}`;
  if (tightest.available >= least.forCollection) return { ...about, verdict: 'good', says: `${free}.`, fix: undefined };
  const fix = 'Empty the Trash there, remove old Xcode data and snapshots, and look again.';
  if (tightest.available >= least.forBundle)
    return { ...about, verdict: 'warning', says: `${free}: little for a build of the kext collections.`, fix };
  return { ...about, verdict: 'problem', says: `${free}: too little for a copy of a kext.`, fix };
}

function sizeText(kilobytes: number): string {
  const gigabytes = kilobytes / 1024 / 1024;
  return gigabytes >= 1 ? `${Math.round(gigabytes)} GB` : `${Math.round(kilobytes / 1024)} MB`;
}
