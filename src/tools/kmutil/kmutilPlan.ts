/**
 * What kmutil(8) rebuild means to do, its columns apart by tabs, which copies make blanks of. Accepted:
 *   Attempting to add the following extensions (1):
 *   [+] org.sample.driver.Pump<TAB>1.4.0<TAB>/Library/Extensions/Pump.kext
 *   Attempting to remove the following extensions (1):
 *   [-] org.sample.driver.Gear<TAB>1.0<TAB>/private/tmp/My Gear.kext
 */
import type { Line } from '../text/lines.ts';

/** Kexts that a collection is to gain or lose. */
export interface KmutilPlan extends Line {
  readonly kind: 'plan';
  readonly change: 'add' | 'remove';
  /** As the heading counts them; undefined where it was lost. */
  readonly count: number | undefined;
  readonly kexts: readonly PlannedKext[];
}

export interface PlannedKext {
  readonly kext: string;
  readonly version: string;
  readonly path: string;
}

const heading = /^Attempting to (add|remove) the following extensions? \((\d+)\):\s*$/;
const row = /^\s*\[([+-])\]\s+(\S+)\s+(\S+)\s+(\/.*)$/;
const changes = { '+': 'add', '-': 'remove' } as const;

/** The plan that starts at `lines[at]`, and how many lines it takes; undefined where none starts. */
export function takeKmutilPlan(
  lines: readonly Line[],
  at: number,
): { readonly block: KmutilPlan; readonly taken: number } | undefined {
  const first = lines[at];
  if (first === undefined) return undefined;
  const [, told, count] = heading.exec(first.text) ?? [];
  const change = (told as KmutilPlan['change'] | undefined) ?? rowIn(first.text)?.change;
  if (change === undefined) return undefined;
  const own = told === undefined ? [] : [first];
  const kexts: PlannedKext[] = [];
  for (let line = lines[at + own.length]; line !== undefined; line = lines[at + own.length]) {
    const planned = rowIn(line.text);
    if (planned?.change !== change) break;
    kexts.push(planned.kext);
    own.push(line);
  }
  const text = own.map(line => line.text).join('\n');
  const block: KmutilPlan = {
    kind: 'plan',
    change,
    count: count === undefined ? undefined : Number(count),
    kexts,
    line: first.line,
    text,
  };
  return { block, taken: own.length };
}

function rowIn(text: string): { readonly change: KmutilPlan['change']; readonly kext: PlannedKext } | undefined {
  const [, sign, kext, version, path] = row.exec(text.trimEnd()) ?? [];
  if (kext === undefined || version === undefined || path === undefined) return undefined;
  return { change: changes[sign as '+' | '-'], kext: { kext, version, path } };
}
