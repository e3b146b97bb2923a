import { parseKextstat } from '../kextstat.ts';
import type { OtherVendors } from './otherVendors.ts';
import type { Visit } from './privateValues.ts';

const form = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi;

/** The UUIDs of builds, Apple's and the project's own, in a list of kexts: they say nothing of a machine. */
export function buildUuids(text: string, vendors: OtherVendors): readonly string[] {
  return parseKextstat(text).records.flatMap(({ bundleIdentifier, uuid }) =>
    uuid === undefined || vendors.isOther(bundleIdentifier) ? [] : [uuid],
  );
}

/** Rewrites every other UUID; with or without its dashes it is the same. */
export function rewriteUuids(text: string, kept: ReadonlySet<string>, visit: Visit): string {
  return text.replace(form, found => {
    if (kept.has(found.toUpperCase())) return found;
    const digits = visit(found.replaceAll('-', ''), 'UUID', { hex: true });
    return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
      '-',
    );
  });
}
