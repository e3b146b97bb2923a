import * as l10n from '@vscode/l10n';

/** What an operation is called in front of the kext's name; the log and the tasks have it as it stands here. */
export type OperationVerb = keyof typeof titles;

/** `Reload com.foo.bar on the Simulated Mac`, or as much of it as is known, in the user's language. */
export function operationTitle(verb: OperationVerb, kext?: string, target?: string): string {
  if (kext === undefined) return verb;
  const { short, full } = titles[verb];
  return target === undefined ? short(kext) : full(kext, target);
}

const titles = {
  Reload: {
    short: (kext: string) => l10n.t('Reload {0}', kext),
    full: (kext: string, target: string) => l10n.t('Reload {0} on {1}', kext, target),
  },
  'Finish reloading': {
    short: (kext: string) => l10n.t('Finish reloading {0}', kext),
    full: (kext: string, target: string) => l10n.t('Finish reloading {0} on {1}', kext, target),
  },
  Build: {
    short: (kext: string) => l10n.t('Build {0}', kext),
    full: (kext: string, target: string) => l10n.t('Build {0} on {1}', kext, target),
  },
  Install: {
    short: (kext: string) => l10n.t('Install {0}', kext),
    full: (kext: string, target: string) => l10n.t('Install {0} on {1}', kext, target),
  },
  Load: {
    short: (kext: string) => l10n.t('Load {0}', kext),
    full: (kext: string, target: string) => l10n.t('Load {0} on {1}', kext, target),
  },
  Unload: {
    short: (kext: string) => l10n.t('Unload {0}', kext),
    full: (kext: string, target: string) => l10n.t('Unload {0} on {1}', kext, target),
  },
  Uninstall: {
    short: (kext: string) => l10n.t('Uninstall {0}', kext),
    full: (kext: string, target: string) => l10n.t('Uninstall {0} on {1}', kext, target),
  },
  Use: {
    short: (kext: string) => l10n.t('Use {0}', kext),
    full: (kext: string, target: string) => l10n.t('Use {0} on {1}', kext, target),
  },
  Approve: {
    short: (kext: string) => l10n.t('Approve {0}', kext),
    full: (kext: string, target: string) => l10n.t('Approve {0} on {1}', kext, target),
  },
  'Restart for': {
    short: (kext: string) => l10n.t('Restart for {0}', kext),
    full: (kext: string, target: string) => l10n.t('Restart for {0} on {1}', kext, target),
  },
  'Reset for': {
    short: (kext: string) => l10n.t('Reset for {0}', kext),
    full: (kext: string, target: string) => l10n.t('Reset for {0} on {1}', kext, target),
  },
  'Quit a process of': {
    short: (kext: string) => l10n.t('Quit a process of {0}', kext),
    full: (kext: string, target: string) => l10n.t('Quit a process of {0} on {1}', kext, target),
  },
};
