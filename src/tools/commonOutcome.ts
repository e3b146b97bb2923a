/** An ending that a load and an unload have in common. */
export type CommonOutcome = 'notPrivileged' | 'notFound';

/** What one of the kernel's return codes means for a load and an unload alike (osReturn.ts; IOReturn.h). */
export function commonOutcomeOfCode(code: number | undefined): CommonOutcome | undefined {
  switch (code) {
    case 0xdc008004:
    case 0xe00002c1:
    case 0xe00002e2:
      return 'notPrivileged';
    case 0xdc008006:
      return 'notFound';
    default:
      return undefined;
  }
}

/** What kmutil's description of an error means for a load and an unload alike. */
export function commonOutcomeOfDescription(description: string): CommonOutcome | undefined {
  if (/^Insufficient permissions for action: /.test(description)) return 'notPrivileged';
  if (/^Could not find: (No bundle was found|Extension with identifier)/.test(description)) return 'notFound';
  if (/^Error occurred unloading extensions: Missing extension with identifier /.test(description)) return 'notFound';
  return undefined;
}
