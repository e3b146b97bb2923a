import type { System } from './snapshot.ts';

/**
 * Whether kexts of other vendors come from the auxiliary kext collection, which changes at a restart only: a build that was
 * not in it runs after its owner approved it and the Mac restarted (macOS 11 and later; kmutil(8)).
 */
export function loadsFromCollections({ version }: Pick<System, 'version'>): boolean {
  return Number.parseInt(version, 10) >= 11;
}
