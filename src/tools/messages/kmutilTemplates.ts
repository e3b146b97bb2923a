/**
 * What kmutil(8) says on the way while it loads, installs, rebuilds or creates. It is closed: these lines are known from what
 * people saved of it.
 */
export const kmutilTemplates = {
  checking: ['Checking the {collection} kernel collection...', 'checking {collection}...'],
  approvalRequested: ['Requesting user approval (times out in {seconds:d} seconds)...'],
  restartNeeded: [
    'A system reboot is required for the operation to take effect',
    'A system reboot is required for the operation to take effect.',
  ],
  rebuilding: ['rebuilding {what}'],
  /** Below the heading of what is rebuilt. */
  collection: ['{collection} kernel collection', '{collection} kext collection'],
  kernelsUpdated: ['updated kernel binaries ({*})'],
  /** Before the error that names them. */
  linkingPrevented: ['One or more binaries has an error which prevented linking.{*}'],
  optionUnknown: [
    'Error: Unknown option {option}',
    'Error: Unexpected argument {option}',
    'Error: Missing expected argument {option}',
    'Error: Missing value for {option}',
    'Error: The value {*} is invalid for {option}',
  ],
  done: ['kmutil done'],
  warning: ['warning: {message}', 'Warning: {message}'],
} as const;
