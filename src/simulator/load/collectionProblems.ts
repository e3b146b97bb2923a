import { posix } from 'node:path';
import type { MachOSlice } from '../../bundle/machOSlice.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import type { KernelExports } from './kernelExports.ts';
import { type LinkFault, linkFaults } from './linkKext.ts';

/**
 * What the builder of kernel collections (dyld, kernel-collection-builder) has against a kext, as kmutil(8) puts it
 * together: everything once numbered and once more below the kext's name. undefined where it links.
 */
export function collectionProblems(kext: InstalledKext, kernel: KernelExports): string | undefined {
  const { executable } = kext;
  if (executable === undefined) return undefined;
  const slice = runningSlice(kext);
  const file = posix.join(kext.path, 'Contents', 'MacOS', executable.name);
  if (slice === undefined) return `in '${file}' missing __TEXT segment`;
  const identifier = kext.infoPlist.bundleIdentifier ?? '';
  if (!slice.symbols.some(({ name, defined }) => defined && name === '_kmod_info'))
    return notPlaced(identifier, 'kexts must have a _kmod_info symbol');
  const faults = linkFaults(kext, kernel);
  if (faults.length === 0) return undefined;
  if (faults.some(({ fault }) => fault === 'fileType')) return notPlaced(identifier, 'not MH_KEXT_BUNDLE');
  const problems = faults.map(each => problemText(each, identifier, slice));
  const lines = [
    'One or more binaries has an error which prevented linking.  See other errors.',
    // Nothing parts them.
    `Could not use '${identifier}' because: ${problems.join('')}`,
  ];
  return ['', ...numbered(lines), `${identifier} specific:`, ...numbered(problems), ''].join('\n');
}

function notPlaced(identifier: string, reason: string): string {
  return `\n  Could not use '${identifier}' because: cannot be placed in kernel collection\n  because: ${reason}`;
}

function numbered(lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => `    ${at + 1}: ${line}`);
}

function problemText(each: LinkFault, identifier: string, slice: MachOSlice): string {
  if (each.fault === 'noVtable')
    return `Class vtables '${each.vtable}' or '${each.vtable}' is not exported from '${identifier}'`;
  if (each.fault === 'fileType') return '';
  const place = placeOf(each.symbol, slice);
  return `Failed to bind '${each.symbol}' in '${identifier}' (${place}) as could not find a kext which exports this symbol`;
}

/** Where the symbol's address is wanted: in the pointers of the data, by their segment. */
function placeOf(symbol: string, { boundPointers, segments }: MachOSlice): string {
  const [pointer = 0n] = [...boundPointers].find(([, name]) => name === symbol) ?? [];
  const segment = segments.find(({ address, size }) => pointer >= address && pointer < address + size);
  const offset = segment === undefined ? 0n : pointer - segment.address;
  return `at offset 0x${offset.toString(16)} in ${segment?.name ?? '__DATA'}, __got`;
}
