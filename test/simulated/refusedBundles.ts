import { rm, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { escaped } from '../support/escaped.ts';
import type { PlistEdit } from './brokenBundle.ts';
import { added, type Collected, diagnosed, files, id, names, notValid, path, type Refused } from './loadSubject.ts';

/** kextutil's headings of what it finds, by how the load ends. */
const headings = { validation: 'Validation Failures', authentication: 'Authentication Failures' } as const;

/** Of a refusal, what kextload says, and what kextutil found. */
function refusal(end: keyof typeof headings, ...found: readonly [string, ...(string | undefined)[]]) {
  return {
    says: [`Can't load ${path} - ${end} problems.`],
    end,
    test: diagnosed(headings[end], ...found),
    status: 4,
  };
}

/** A validation failure: one finding of an Info.plist. */
function invalid(
  title: string,
  edits: readonly PlistEdit[],
  finding: string,
  value?: string,
  named: Parameters<typeof notValid>[2] = {},
): Refused {
  const found = value === undefined ? finding : `${finding}: ${value}`;
  return {
    title,
    break: bundle => bundle.plist(...edits),
    ...refusal('validation', finding, value),
    collected: {
      number: 30,
      says: bundle => notValid(bundle, [found], named),
      told: new RegExp(`^The bundle of \\S+ is not valid: ${escaped(found.replace(/\.$/, ''))}\\.$`),
    },
  };
}

const missing = 'Info dictionary missing required property/value';
const illegal = 'Info dictionary property value is illegal';
const illegalType = 'Info dictionary property value is of illegal type';
const badExecutable =
  "Executable file doesn't contain kernel extension code (no kmod_info symbol or bad Mach-O layout).";
const wrongOwner = 'File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other)';
const notRoots = /^The installed copy of \S+ is not root's alone: each of its files/;
const personality = `IOKitPersonalities.${/<key>IOKitPersonalities<\/key>\s*<dict>\s*<key>(\w+)</.exec(files.get('Info.plist') ?? '')?.[1]}`;

/** What kernelmanagerd makes no kext of. */
const noKext: Collected = {
  number: 71,
  says: ({ path: at }) =>
    `Loading extension failed: Unable to create extension from bundle: codeless (missing CFBundlePackageType) bundle (nil) at ${at}`,
  told: /^The bundle of \S+ is not valid: its Info\.plist has no CFBundlePackageType of a kext\.$/,
};

/** By what the Info.plist says. */
export const byInfoPlist: readonly Refused[] = [
  { ...invalid('of another package type', [['>KEXT<', '>APPL<']], illegal, 'CFBundlePackageType'), collected: noKext },
  {
    ...invalid(
      'without a package type',
      [[/\t<key>CFBundlePackageType<\/key>\n.*\n/, '']],
      missing,
      'CFBundlePackageType',
    ),
    collected: noKext,
  },
  invalid('without a version', [[/\t<key>CFBundleVersion<\/key>\n.*\n/, '']], missing, 'CFBundleVersion', {
    version: '',
  }),
  invalid(
    'with a version that is none',
    [[/(<key>CFBundleVersion<\/key>\s*<string>)[^<]*/, '$1one']],
    illegal,
    'CFBundleVersion',
    { version: 'one' },
  ),
  invalid(
    'with an identifier of 64 bytes',
    [[new RegExp(`(<key>CFBundleIdentifier</key>\\s*<string>)${id}`), `$1${id.padEnd(64, 'x')}`]],
    'CFBundleIdentifier and CFBundleVersion must be < 64 characters.',
    undefined,
    { id: id.padEnd(64, 'x') },
  ),
  invalid(
    'compatible with a later version only',
    [added('OSBundleCompatibleVersion', '<string>1.0.1</string>')],
    'Compatible version must be lower than current version.',
  ),
  invalid(
    'with a flag that is a string',
    [added('OSBundleAllowUserLoad', '<string>true</string>')],
    illegalType,
    'OSBundleAllowUserLoad - should be boolean, <true/> or <false/>',
  ),
  invalid(
    'for a boot level that there is not',
    [added('OSBundleRequired', '<string>Always</string>')],
    illegal,
    'OSBundleRequired',
  ),
  invalid(
    'that links against nothing',
    [[/\t<key>OSBundleLibraries<\/key>\s*<dict>[\s\S]*?<\/dict>\n/, '']],
    missing,
    'OSBundleLibraries',
  ),
  invalid(
    'that asks for a library in no version',
    [[/(<key>com\.apple\.kpi\.mach<\/key>\s*<string>)[^<]*/, '$1any']],
    illegal,
    'OSBundleLibraries.com.apple.kpi.mach',
  ),
  invalid('whose driver has no class', [[/\t\t\t<key>IOClass<\/key>\n.*\n/, '']], missing, `${personality}.IOClass`),
  invalid(
    'whose provider is a number',
    [['<string>IOResources</string>', '<integer>1</integer>']],
    illegalType,
    `${personality}.IOProviderClass - should be <string>`,
  ),
];

/** By the file that it names. */
export const byExecutable: readonly Refused[] = [
  {
    title: 'that is not there',
    break: bundle => rm(bundle.executable),
    ...refusal(
      'validation',
      "Kext has a CFBundleExecutable property but the executable can't be found",
      names.executable,
    ),
    collected: {
      number: 30,
      says: bundle =>
        notValid(bundle, [
          `Kext has a CFBundleExecutable property but the executable can't be found: ${names.executable}`,
        ]),
      told: /^The bundle of \S+ is not valid: Kext has a CFBundleExecutable property but/,
    },
  },
  {
    title: 'that was cut off',
    break: bundle => truncate(bundle.executable, 100),
    ...refusal('validation', badExecutable),
    collected: {
      number: 31,
      says: ({ path: at }) =>
        `Error occurred while building a collection: in '${at}/Contents/MacOS/${names.executable}' missing __TEXT segment`,
      told: /^The executable of \S+ cannot become part of a kext collection: it has no code\.$/,
    },
  },
  {
    title: 'without kmod_info',
    break: bundle => bundle.rename('_kmod_info', '_kmod_inf0'),
    ...refusal('validation', badExecutable),
    collected: {
      number: 31,
      says: () => notPlaced('kexts must have a _kmod_info symbol'),
      told: /^The executable of \S+ cannot become part of a kext collection: kexts must have a _kmod_info symbol\.$/,
    },
  },
  {
    title: 'for another processor',
    break: bundle => bundle.bytes(otherProcessor),
    says: [`Can't load ${path} - no code for running kernel's architecture.`],
    end: 'architecture',
    test: [
      'Warnings: ',
      '    Executable does not contain code for architecture: ',
      '        x86_64',
      `${path} does not contain code for this computer's architecture.`,
    ],
    status: 2,
    collected: {
      number: 71,
      says: () =>
        /^Incompatible architecture: Binary is for (arm64, but needed arch x86_64|x86_64, but needed arch arm64e)$/,
      told: /has no code for the processor of the Simulated Mac \(macOS 1\d\)\.$/,
    },
  },
];

/** By whom the files belong to. */
export const byOwner: readonly Refused[] = [
  {
    title: 'that belong to a user',
    break: async () => undefined,
    installed: bundle => bundle.run('chown', '-R', '501:20', `${bundle.path}/Contents/MacOS`),
    ...refusal('authentication', wrongOwner, 'MacOS', names.executable),
    collected: {
      number: 30,
      says: bundle =>
        notValid(
          bundle,
          ['MacOS', `MacOS/${names.executable}`].map(
            file => `Filesystem error: Invalid ownership (501:20) should be (0:0) on ${bundle.path}/Contents/${file}`,
          ),
        ),
      told: notRoots,
    },
  },
  {
    title: 'that the group may write to',
    break: async () => undefined,
    installed: bundle => bundle.run('chmod', '-R', 'g+w', `${bundle.path}/Contents/Info.plist`),
    ...refusal('authentication', wrongOwner, 'Info.plist'),
    collected: {
      number: 30,
      says: bundle => notValid(bundle, [`${wrongOwner}: ${bundle.path}/Contents/Info.plist`]),
      told: notRoots,
    },
  },
  {
    title: 'one of which is a link that leads out',
    break: bundle => symlink('/etc/hosts', join(bundle.folder, 'Contents', 'hosts')),
    ...refusal(
      'authentication',
      'The kext contains a symlink which is either not readable or points outside of its bundle; please remove',
      'hosts',
    ),
    collected: {
      number: 30,
      says: bundle =>
        notValid(bundle, [
          `The kext contains a symlink which is either not readable or points outside of its bundle; please remove: ${bundle.path}/Contents/hosts`,
        ]),
      told: /^The bundle of \S+ is not valid: The kext contains a symlink which/,
    },
  },
];

/** Says that the code is for the other of the two processors. */
function otherProcessor(bytes: Buffer): undefined {
  bytes.writeUInt32LE(bytes.readUInt32LE(4) === 0x01000007 ? 0x0100000c : 0x01000007, 4);
}

/** What the builder of collections has against the file as a whole. */
export function notPlaced(reason: string): string {
  return `Error occurred while building a collection:\n  Could not use '${id}' because: cannot be placed in kernel collection\n  because: ${reason}`;
}
