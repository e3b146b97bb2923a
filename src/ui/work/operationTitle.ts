import * as l10n from '@vscode/l10n';

/** What an operation is called in front of the kext's name; the log and the tasks have it as it stands here. */
export type OperationVerb = keyof typeof titles;

/** `Reload com.foo.bar on the Simulated Mac`, or as much of it as is known, in the user's language. */
export function operationTitle(verb: OperationVerb, kext?: string, target?: string): string {
  if (kext === undefined) return verb;
  const title = titles[verb](kext);
  return target === undefined ? title : l10n.t('{0} on {1}', title, target);
}

const titles = {
  Reload: (kext: string) => l10n.t('Reload {0}', kext),
  'Finish reloading': (kext: string) => l10n.t('Finish reloading {0}', kext),
  Build: (kext: string) => l10n.t('Build {0}', kext),
  Install: (kext: string) => l10n.t('Install {0}', kext),
  Load: (kext: string) => l10n.t('Load {0}', kext),
  Unload: (kext: string) => l10n.t('Unload {0}', kext),
  Uninstall: (kext: string) => l10n.t('Uninstall {0}', kext),
  Use: (kext: string) => l10n.t('Use {0}', kext),
  Approve: (kext: string) => l10n.t('Approve {0}', kext),
  'Restart for': (kext: string) => l10n.t('Restart for {0}', kext),
  'Reset for': (kext: string) => l10n.t('Reset for {0}', kext),
  'Quit a process of': (kext: string) => l10n.t('Quit a process of {0}', kext),
};
