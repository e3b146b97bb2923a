import type { BootPolicy } from '../model/system.ts';

const names = { full: 'Full Security', reduced: 'Reduced Security', permissive: 'Permissive Security' } as const;

/** `Reduced Security, kexts not allowed` */
export function bootPolicyText({ security, allowsKexts }: BootPolicy): string {
  return `${names[security]}, kexts ${allowsKexts ? 'allowed' : 'not allowed'}`;
}

// Apple, "Change security settings on the startup disk of a Mac with Apple silicon".
/** How the owner of a Mac has it let kexts in. */
export const howToAllowKexts =
  'Shut down, hold the power button until the startup options come, choose Options, then Startup Security Utility: Reduced Security, and allow user management of kernel extensions.';
