import type { OfferedTarget } from '../../tools/port/offeredTarget.ts';

/** The icon of a target's kind, as tree and pick show it. */
export const targetIcons: Readonly<Record<OfferedTarget['kind'], string>> = {
  thisMac: 'device-desktop',
  ssh: 'remote',
  simulated: 'vm',
};
