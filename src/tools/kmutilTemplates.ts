/**
 * What kmutil(8) says on the way while it loads, installs, rebuilds or creates. It is closed: these lines are known from what
 * people saved of it.
 */
export const kmutilTemplates = {
  checking: ['Checking the auxiliary kernel collection...', 'Checking the {collection} kernel collection...'],
  planned: [
    'Attempting to {change} the following extensions ({count:d}):',
    'Attempting to {change} the following extension ({count:d}):',
  ],
  plannedKext: [
    '[{sign}] {kext}\t{version}\t{path}',
    '[{sign}] {kext} {version} /{pathFromRoot}',
    '[{sign}] {kext}',
  ],
  approvalRequested: ['Requesting user approval (times out in {seconds:d} seconds)...'],
  restartNeeded: [
    'A system reboot is required for the operation to take effect',
    'A system reboot is required for the operation to take effect.',
  ],
  rebuilding: ['rebuilding {what} collection', 'rebuilding {what}'],
  done: ['kmutil done'],
  warning: ['warning: {message}', 'Warning: {message}'],
  error: ['error: {message}'],
} as const;
