import { bundle, type CatalogueRow, type Component, environment } from './catalogueRow.ts';

type Meaning = readonly [status: number, cause: string, remedy: string, inYourFiles?: true];

const log = 'Read what it printed; the status says no more.';
const usage: Meaning = [64, 'The call was not as the tool takes it (EX_USAGE).', 'Check its options and arguments.'];
const notRoot: Meaning = [77, 'It was not called as root (EX_NOPERM).', 'Run it with sudo.'];
const done: Meaning = [0, 'It did what was asked for.', 'Nothing.'];
const policy: Meaning = [
  27,
  'The system’s policy does not let the kext in: nobody has approved it yet.',
  'Approve it in System Settings, Privacy & Security, and load it again.',
];

/** Exit statuses by tool (kext_tools: their man pages and EX_ constants). kmutil's were seen, not documented. */
const meanings: Readonly<Partial<Record<Component, readonly Meaning[]>>> = {
  kextunload: [
    done,
    [
      1,
      'The kext was not found: it is not loaded, or there is no bundle at the path.',
      'Compare the identifier with the list of loaded kexts.',
      true,
    ],
    [2, 'It was not called as root.', 'Run it with sudo.'],
    [
      3,
      'At least one kext was not unloaded, or one service not terminated. Every refusal of the kernel ends so.',
      'Read the (kernel) lines; the status says no more.',
      true,
    ],
    [11, 'It failed for a reason that it does not tell by its status.', log],
    usage,
    [71, 'A call of the system failed (EX_OSERR); with kmutil behind it, any refusal of the kernel.', log, true],
    notRoot,
  ],
  kextload: [
    [
      0,
      'The kext is loaded; it may be an older build that was loaded before.',
      'Compare the UUID of what runs with that of your build.',
      true,
    ],
    [10, 'It failed for a reason that it does not tell by its status.', log],
    policy,
    usage,
    [
      71,
      'The kext was not loaded: almost any reason of the kernel or of the kext library ends so.',
      'Read the lines that it printed, and the kernel log.',
      true,
    ],
    [
      77,
      'It was not called as root, or the kernel took the caller for not privileged (EX_NOPERM).',
      'Run it with sudo.',
    ],
  ],
  kextutil: [
    [
      0,
      'The kext is loaded, or loadable where -n was given. On macOS 11 and later -n looks at nothing and ends so, too.',
      'Believe it on macOS 10.15 and before alone.',
      true,
    ],
    [1, 'The kext was not found.', 'Check the path.', true],
    [2, 'The executable has no code for the architecture.', 'Build for the architecture of the Mac.', true],
    [3, 'Somebody said no at a question of the tool.', 'Call it again, or without -i.'],
    [
      4,
      'The kext is bad: it is not valid, not root’s, or a library is missing.',
      'Run it with -t, which says what.',
      true,
    ],
    [5, 'The Mac runs in a safe boot, for which the kext is not meant.', 'Restart without safe boot.', true],
    [6, 'The kernel did not load the kext.', 'Read the (kernel) lines.', true],
    [7, 'It would have had to ask, and was told not to.', 'Call it with -i, or give the answers as options.'],
    [11, 'It failed for a reason that it does not tell by its status.', log],
    policy,
    usage,
    [71, 'A call of the system failed (EX_OSERR); with kmutil behind it, almost anything.', log, true],
    notRoot,
  ],
  kextstat: [
    done,
    usage,
    [71, 'The kernel did not answer the query (EX_OSERR).', 'Try again; where it persists, restart.'],
  ],
  kextlibs: [
    [0, 'Every symbol is in one library, or was not asked for.', 'Copy the libraries into OSBundleLibraries.'],
    [
      1,
      'The executable has symbols that no library has.',
      'List them with -undef-symbols: they are misspelt, or their source is not built.',
      true,
    ],
    [2, 'Several libraries have the same symbol.', 'List them with -multdef-symbols, and choose one.', true],
  ],
  ioclasscount: [
    done,
    [
      71,
      'The counts could not be read from the root of the I/O Registry (EX_OSERR).',
      'Try again; its line on standard error says what is missing.',
    ],
  ],
  kmutil: [
    done,
    [
      1,
      'A dependency was not resolved (betas of macOS 11); it is also how a command ends that failed for no reason of its own.',
      'Read the text of the error.',
      true,
    ],
    policy,
    [28, 'The auxiliary collection was rebuilt; the code runs after a restart.', 'Restart the Mac.'],
    [
      29,
      'The signature or the owners of a kext are not as they must be.',
      'Read which one it names; chown -R root:wheel, chmod -R go-w, and sign again.',
      true,
    ],
    [30, 'A kext is not valid.', 'Read which property or file it names.', true],
    [
      31,
      'The auxiliary collection could not be built.',
      'Read which kext "Could not use" names: it may be another vendor’s.',
      true,
    ],
    [34, 'The Kernel Debug Kit of this build is missing.', 'Install it from developer.apple.com.'],
    [
      71,
      'Anything else: a path, an identifier, or a refusal of the kernel (EX_OSERR).',
      'Read the text of the error; behind "Kernel request failed" stands the kernel’s own code.',
      true,
    ],
  ],
};

/** One row for each tool and status: `exitStatuses.kextunload.3`. */
export const exitStatusRows: readonly CatalogueRow[] = Object.entries(meanings).flatMap(([tool, ofTool]) =>
  ofTool.map(([status, cause, remedy, inYourFiles]) => ({
    id: `exitStatuses.${tool}.${status}`,
    component: tool as Component,
    patterns: [],
    status,
    summary: true as const,
    // What kmutil says with 28 is a success that waits for a restart.
    severity: status === 0 || (tool === 'kmutil' && status === 28) ? ('information' as const) : ('error' as const),
    cause,
    remedy,
    anchor: inYourFiles === true ? bundle : environment,
    example: `${tool} exit ${status}`,
  })),
);
