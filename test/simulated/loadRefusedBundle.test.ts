import { rm, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlistEdit } from './brokenBundle.ts';
import { added, builtDemo, describeRefusals, diagnosed, files, id, names, path, type Refused } from './loadSubject.ts';

/** A validation failure: one finding of an Info.plist. */
function invalid(title: string, edits: readonly PlistEdit[], finding: string, value?: string): Refused {
  return {
    title,
    break: bundle => bundle.plist(...edits),
    says: [`Can't load ${path} - validation problems.`],
    end: 'validation',
    test: diagnosed('Validation Failures', finding, value),
    status: 4,
  };
}

const missing = 'Info dictionary missing required property/value';
const illegal = 'Info dictionary property value is illegal';
const illegalType = 'Info dictionary property value is of illegal type';
const badExecutable =
  "Executable file doesn't contain kernel extension code (no kmod_info symbol or bad Mach-O layout).";
const wrongOwner = 'File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other)';
const personality = `IOKitPersonalities.${/<key>IOKitPersonalities<\/key>\s*<dict>\s*<key>(\w+)</.exec(files.get('Info.plist') ?? '')?.[1]}`;

const byInfoPlist: readonly Refused[] = [
  invalid('of another package type', [['>KEXT<', '>APPL<']], illegal, 'CFBundlePackageType'),
  invalid('without a version', [[/\t<key>CFBundleVersion<\/key>\n.*\n/, '']], missing, 'CFBundleVersion'),
  invalid(
    'with a version that is none',
    [[/(<key>CFBundleVersion<\/key>\s*<string>)[^<]*/, '$1one']],
    illegal,
    'CFBundleVersion',
  ),
  invalid(
    'with an identifier of 64 bytes',
    [[new RegExp(`(<key>CFBundleIdentifier</key>\\s*<string>)${id}`), `$1${id.padEnd(64, 'x')}`]],
    'CFBundleIdentifier and CFBundleVersion must be < 64 characters.',
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

const byExecutable: readonly Refused[] = [
  {
    title: 'that is not there',
    break: bundle => rm(bundle.executable),
    says: [`Can't load ${path} - validation problems.`],
    end: 'validation',
    test: diagnosed(
      'Validation Failures',
      "Kext has a CFBundleExecutable property but the executable can't be found",
      names.executable,
    ),
    status: 4,
  },
  {
    title: 'that was cut off',
    break: bundle => truncate(bundle.executable, 100),
    says: [`Can't load ${path} - validation problems.`],
    end: 'validation',
    test: diagnosed('Validation Failures', badExecutable),
    status: 4,
  },
  {
    title: 'without kmod_info',
    break: bundle => bundle.rename('_kmod_info', '_kmod_inf0'),
    says: [`Can't load ${path} - validation problems.`],
    end: 'validation',
    test: diagnosed('Validation Failures', badExecutable),
    status: 4,
  },
  {
    title: 'for another processor',
    break: bundle => bundle.bytes(bytes => void bytes.writeUInt32LE(0x0100000c, 4)),
    says: [`Can't load ${path} - no code for running kernel's architecture.`],
    end: 'architecture',
    test: [
      'Warnings: ',
      '    Executable does not contain code for architecture: ',
      '        x86_64',
      `${path} does not contain code for this computer's architecture.`,
    ],
    status: 2,
  },
];

const byOwner: readonly Refused[] = [
  {
    title: 'that belong to a user',
    break: async () => undefined,
    installed: bundle => bundle.run('chown', '-R', '501:20', `${bundle.path}/Contents/MacOS`),
    says: [`Can't load ${path} - authentication problems.`],
    end: 'authentication',
    test: diagnosed('Authentication Failures', wrongOwner, 'MacOS', names.executable),
    status: 4,
  },
  {
    title: 'that the group may write to',
    break: async () => undefined,
    installed: bundle => bundle.run('chmod', '-R', 'g+w', `${bundle.path}/Contents/Info.plist`),
    says: [`Can't load ${path} - authentication problems.`],
    end: 'authentication',
    test: diagnosed('Authentication Failures', wrongOwner, 'Info.plist'),
    status: 4,
  },
  {
    title: 'one of which is a link that leads out',
    break: bundle => symlink('/etc/hosts', join(bundle.folder, 'Contents', 'hosts')),
    says: [`Can't load ${path} - authentication problems.`],
    end: 'authentication',
    test: diagnosed(
      'Authentication Failures',
      'The kext contains a symlink which is either not readable or points outside of its bundle; please remove',
      'hosts',
    ),
    status: 4,
  },
];

const copy = builtDemo();
describeRefusals('An Info.plist', byInfoPlist, copy);
describeRefusals('An executable', byExecutable, copy);
describeRefusals('Files', byOwner, copy);
