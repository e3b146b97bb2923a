import type { KernelKext } from '../kernelAnswer.ts';

/** The head of the list of kextstat(8) and of `kmutil showloaded`. */
export const kextListHeader =
  'Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>';

/** The same of `kextstat -a`. */
export const kextListHeaderWithArchitecture = kextListHeader.replace('Name', 'Architecture       Name');

/** What differs between the lists. */
export interface KextRowStyle {
  /** An empty list of what it is linked against is shown: kmutil's way. */
  readonly emptyList: boolean;
  /** Shown where it is given. */
  readonly architecture?: string;
}

/**
 * A row of that list. What it is linked against comes newest first; an empty list is shown by kmutil alone. An
 * executable without a UUID has two words in that column.
 */
export function kextRow(kext: KernelKext, { emptyList, architecture }: KextRowStyle): string {
  const numbers = [
    String(kext.index).padStart(5),
    String(kext.references).padStart(4),
    hex(BigInt(kext.address)).padEnd(18),
    hex(BigInt(kext.size)).padEnd(10),
    hex(BigInt(kext.wired)).padEnd(10),
    ...(architecture === undefined ? [] : [architecture.padEnd(18)]),
  ].join(' ');
  const linked = [...kext.dependencies].sort((a, b) => b - a).join(' ');
  const tail = linked === '' && !emptyList ? '' : ` <${linked}>`;
  return `${numbers} ${kext.identifier} (${kext.version}) ${kext.uuid || 'no UUID'}${tail}`;
}

/** printf's `%#x`, which prints a bare `0` for zero. */
function hex(value: bigint): string {
  return value === 0n ? '0' : `0x${value.toString(16)}`;
}
