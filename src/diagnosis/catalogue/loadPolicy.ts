import { loadTemplates as said } from '../../tools/kext/loadText.ts';
import { type Anchor, bundle, type CatalogueRow, environment, infoPlist, templatesOf } from './catalogueRow.ts';

const notLoadable = 0xdc008013;
const row = { component: 'kext library', severity: 'error', problem: 'loadFailed' } as const;

/** The kext as the library prints it, or however else the line names it. */
function rejectedFor(reason: string): readonly string[] {
  return [
    `Kext rejected due to ${reason}: <OSKext {*}URL = "{url}", ID = "{kext}"{*}`,
    `Kext rejected due to ${reason}: {kext}`,
  ];
}

const signature: Anchor = { kind: 'file', path: 'Contents/_CodeSignature' };

/** What the tools say of the security checks before a load: signature, place, approval (macOS 10.9 and later). */
export const loadPolicyRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'loadTools.codeSigning',
    patterns: templatesOf(said, 'codeSigningFailed'),
    cause:
      'The code signature of the kext is missing or does not fit its files. It is an error unless System Integrity Protection allows it.',
    remedy:
      'Sign the bundle last, after every other change, with a Developer ID for kexts; or test on a machine with a lowered security.',
    anchor: signature,
    example: 'Code Signing Failure: code signature is invalid',
  },
  {
    ...row,
    id: 'loadTools.notStaged',
    patterns: templatesOf(said, 'notStaged'),
    code: notLoadable,
    cause:
      '{what} could not be copied to /Library/StagedExtensions, from where it would be loaded: its signature, its owners, or System Integrity Protection is in the way.',
    remedy: 'Check its signature and its owners, and read the lines around this one.',
    anchor: bundle,
    example: 'Unable to stage kext (/Library/Extensions/Turbine.kext) to secure location.',
  },
  {
    ...row,
    id: 'loadTools.notSecure',
    patterns: templatesOf(said, 'notSecure'),
    code: notLoadable,
    summary: true,
    cause:
      '{what}, or a kext that it is linked against, failed a security check; the line "Kext rejected due to" says which.',
    remedy: 'Read that line; where there is none, check owners and signature.',
    anchor: bundle,
    example: 'ERROR: authentication checks failed for /Library/Extensions/Turbine.kext, will not load',
  },
  {
    ...row,
    id: 'loadTools.rejectedPermissions',
    patterns: rejectedFor('improper filesystem permissions'),
    frequency: 'common',
    code: notLoadable,
    cause: 'A file of {kext} does not belong to root:wheel, or its group or others may write to it.',
    remedy: 'On the installed copy: chown -R root:wheel, then chmod -R go-w.',
    anchor: bundle,
    example:
      'Kext rejected due to improper filesystem permissions: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.rejectedSignature',
    patterns: [...rejectedFor('invalid signature'), ...templatesOf(said, 'signatureDenied')],
    code: notLoadable,
    cause:
      'The signature of {kext} is missing or does not fit its files: -67062 is unsigned, -67050 and -67030 invalid, -67023 a changed resource.',
    remedy:
      'Sign the bundle last, after every other change, with a Developer ID for kexts; or test on a machine with a lowered security.',
    anchor: signature,
    example:
      'Kext rejected due to invalid signature: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.rejectedLocation',
    patterns: rejectedFor('insecure location'),
    code: notLoadable,
    cause: '{kext} lies in a folder from which this system loads no kexts.',
    remedy: 'Install it in /Library/Extensions.',
    anchor: bundle,
    example:
      'Kext rejected due to insecure location: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///tmp/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.rejectedExcluded',
    patterns: rejectedFor('presence on exclude list'),
    code: notLoadable,
    cause: 'Apple’s list of excluded kexts names {kext} with this version.',
    remedy: 'Raise the version above the excluded ones.',
    anchor: infoPlist('CFBundleVersion'),
    example:
      'Kext rejected due to presence on exclude list: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.rejectedPolicy',
    patterns: rejectedFor('system policy'),
    code: 0xdc00801b,
    frequency: 'common',
    cause: 'Nobody has approved {kext} on this Mac yet.',
    remedy:
      'Approve it in System Settings, Privacy & Security; then load it again, and restart where that is asked for.',
    anchor: environment,
    example:
      'Kext rejected due to system policy: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
    problem: 'waitingForApproval',
  },
  {
    ...row,
    id: 'loadTools.rejected',
    patterns: templatesOf(said, 'rejected'),
    code: notLoadable,
    frequency: 'rare',
    cause: 'The security checks do not let the kext in; the reason stands in the line.',
    remedy: 'Check owners, signature, place and approval.',
    anchor: bundle,
    example:
      'Kext rejected due to missing entitlement: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.signatureAllowed',
    patterns: templatesOf(said, 'signatureAllowed'),
    severity: 'warning',
    inSpiteOf: 'loadTools.codeSigning',
    cause:
      'The signature of {what} is not valid, and this system takes it all the same: System Integrity Protection is lowered for kexts.',
    remedy: 'Nothing on a machine for development. Elsewhere the kext will be refused until it is signed.',
    anchor: signature,
    example:
      'Kext with invalid signature (-67062) allowed: <OSKext 0x7fa1 [0x7fff]> { URL = "file:///Library/Extensions/Turbine.kext/", ID = "org.sample.driver.Turbine" }',
  },
  {
    ...row,
    id: 'loadTools.untrusted',
    patterns: templatesOf(said, 'unsigned'),
    cause: 'The kext is not signed by anybody whom this system trusts.',
    remedy: 'Sign it with a Developer ID for kexts, or lower the security of a machine for development.',
    anchor: signature,
    example: 'Untrusted kexts are not allowed',
  },
  {
    ...row,
    id: 'loadTools.memoryRefused',
    patterns: templatesOf(said, 'memoryRefused'),
    summary: true,
    cause:
      'The tool speaks of memory. It also says so where the system’s policy or another security check refused the kext.',
    remedy: 'Read the lines after it: "Kext rejected due to" names the check. Where there is none, try again.',
    anchor: environment,
    example: 'Memory allocation failure.',
  },
  {
    id: 'loadTools.auditOff',
    component: 'kext library',
    patterns: templatesOf(said, 'auditDisabled'),
    severity: 'information',
    cause: 'Loads are not written down by the T2 chip: System Integrity Protection is off, or there is none.',
    remedy: 'Nothing.',
    anchor: environment,
    example: 'Disabling KextAudit: SIP is off',
  },
  {
    ...row,
    id: 'loadTools.restartRequired',
    patterns: templatesOf(said, 'restartRequired'),
    code: 0xdc00801b,
    severity: 'information',
    cause: 'The kext has been approved or waits for it, and this system lets it in after a restart.',
    remedy: 'Approve it in System Settings, Privacy & Security, and restart.',
    anchor: environment,
    example: 'If this kext was just installed, a reboot is required to allow it to load.',
    problem: 'waitingForRestart',
  },
  {
    id: 'loadTools.applePrefix',
    component: 'kext library',
    patterns: templatesOf(said, 'libraryForbidden'),
    severity: 'error',
    cause: '{what} has an identifier that begins with com.apple., and is not Apple’s.',
    remedy: 'Give it an identifier in a domain of your own.',
    anchor: infoPlist('CFBundleIdentifier'),
    example: '/Library/Extensions/Turbine.kext has an Apple prefix but no copyright.',
    problem: 'loadFailed',
  },
];
