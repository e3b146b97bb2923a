import { stat } from 'node:fs/promises';
import { type KextBundle, readKextBundle } from '../../bundle/kextBundle.ts';
import type { Candidate } from './productFit.ts';

/** What a build that has just ended told. */
export interface Making {
  /** When it began, in ms. */
  readonly since: number;
  /** Bundles that it said it made. */
  readonly said: readonly string[];
}

/** Reads bundles that may be a product; `problems`: why some cannot be read. */
export async function readCandidates(
  folders: readonly string[],
  making?: Making,
): Promise<{ readonly candidates: readonly Candidate[]; readonly problems: readonly string[] }> {
  const candidates: Candidate[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const bundle = await readKextBundle(folder);
    if ('problem' in bundle) problems.push(bundle.problem);
    else candidates.push({ bundle, ...(await timeOf(bundle, making)) });
  }
  return { candidates, problems };
}

async function timeOf({ executable, folder, infoPlist }: KextBundle, making: Making | undefined) {
  const [code, list] = await Promise.all([executable?.file ?? folder, infoPlist.file].map(timeWritten));
  const begun = making === undefined ? Number.POSITIVE_INFINITY : wholeSecond(making.since);
  const made = making?.said.includes(folder) === true || Math.max(code ?? 0, list ?? 0) >= begun;
  return { time: code ?? 0, made };
}

async function timeWritten(file: string): Promise<number> {
  return (await stat(file)).mtimeMs;
}

/** Some disks keep no finer times. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
