import type { KmutilStatement } from '../kmutil/kmutilStatement.ts';

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

/** What an error of kmutil means for a load and an unload alike. */
export function commonOutcomeOfStatement({ kind }: KmutilStatement): CommonOutcome | undefined {
  if (kind === 'notPermitted') return 'notPrivileged';
  return kind === 'bundleNotFound' || kind === 'kextNotFound' ? 'notFound' : undefined;
}
