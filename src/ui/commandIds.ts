/** Every command that the manifest contributes; a rules test compares the two in both directions. */
export const commandIds = [
  'kext.reload',
  'kext.finishReload',
  'kext.unload',
  'kext.refresh',
  'kext.selectTarget',
  'kext.openDemo',
  'kext.simulated.exercise',
  'kext.simulated.exerciseAs',
  'kext.simulated.quit',
  'kext.simulated.approve',
  'kext.simulated.restart',
  'kext.showLog',
  'kext.goToClass',
  'kext.showInstances',
] as const;

export type CommandId = (typeof commandIds)[number];
