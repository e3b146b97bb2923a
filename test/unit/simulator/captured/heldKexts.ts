import type { Kext } from '../../../../src/model/kext.ts';
import type { KernelKext } from '../../../../src/simulator/kernelAnswer.ts';
import type { Held } from './held.ts';

/** The kexts of a list, for a kernel; `emptyLists`: its tool writes `<>` where a kext is linked against nothing. */
export function heldKexts(kexts: readonly Kext[], emptyLists: boolean): Held<Kext, KernelKext> {
  const unheld: string[] = [];
  const records: Kext[] = [];
  const kernel: KernelKext[] = [];
  for (const kext of kexts) {
    const numbers = numbersOf(kext);
    if (numbers === undefined) {
      unheld.push(`${kext.bundleIdentifier}: a number`);
      continue;
    }
    const linkedAgainst = kext.linkedAgainst ?? [];
    const printed = linkedAgainst.length > 0 || emptyLists;
    const architecture = kext.architecture === undefined ? undefined : 'x86_64';
    if (kext.architecture !== architecture) unheld.push(`${kext.bundleIdentifier}: its architecture`);
    if ((kext.linkedAgainst !== undefined) !== printed) unheld.push(`${kext.bundleIdentifier}: an empty list`);
    records.push({ ...kext, architecture, linkedAgainst: printed ? linkedAgainst : undefined });
    kernel.push({ ...kernelKext(kext, linkedAgainst), ...numbers });
  }
  return { records, kernel, unheld };
}

type Numbers = Pick<KernelKext, 'index' | 'references' | 'address' | 'size' | 'wired'>;

/** Undefined where the list does not say one of them, or where a number of JSON is too coarse for it. */
function numbersOf({ index, references, address, size, wired }: Kext): Numbers | undefined {
  if (index === undefined || references === undefined) return undefined;
  if (address === undefined || size === undefined || wired === undefined) return undefined;
  const numbers = { index, references, address: Number(address), size: Number(size), wired: Number(wired) };
  const exact = BigInt(numbers.address) === address && BigInt(numbers.size) === size;
  return exact && BigInt(numbers.wired) === wired ? numbers : undefined;
}

function kernelKext(kext: Kext, dependencies: readonly number[]): Omit<KernelKext, keyof Numbers> {
  return {
    identifier: kext.bundleIdentifier,
    version: kext.version,
    uuid: kext.uuid ?? '',
    dependencies,
    started: true,
  };
}
