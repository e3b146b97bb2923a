import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../src/tools/parsers.ts';

const kext = 'org.sample.driver.Turbine';
const path = '/Library/Extensions/My Turbine.kext';
const oskext = `<OSKext 0x7fd0a1504d20 [0x7fff9c1d2af0]> { URL = "My%20Turbine.kext/ -- file:///Library/Extensions/", ID = "${kext}" }`;
const linkError = '(libkern/kext) link error';

/** Every line that kextunload writes itself, by what it says. */
const ofKextunload = {
  requesting: [
    `Requesting unload of ${kext}.`,
    `Requesting unload of ${kext} (with termnation of IOServices).`,
    `Requesting unload of ${kext} (with termination of IOServices).`,
  ],
  unloaded: [`${kext} unloaded and personalities removed.`],
  failedToUnload: [
    `Failed to unload ${kext} - (libkern/kext) not found.`,
    `Failed to unload ${path} - (libkern/kext) not found.`,
    'Failed to unload (nil) - (libkern/kext) invalid argument.',
  ],
  notCreated: [`Can't create ${path}.`],
  notRoot: [
    'You must be running as root to unload kexts, terminate services, or remove driver personalities.',
    'You must be running as root to unload kexts.',
    'You must be running as root to terminate IOService instances.',
  ],
  noneSpecified: ['No kernel extensions specified.'],
  failedToTerminateClass: ['Failed to terminate class TurbineDriver - (libkern/kext) not found.'],
  classTerminated: ['All instances of class TurbineDriver terminated.'],
  failedToTerminate: [`Terminate for ${kext} failed - (iokit/common) not ready.`],
  servicesTerminated: [`${kext}: services terminated and personalities removed (kext not unloaded).`],
  logsHint: ['Check the system/kernel logs for error messages from the I/O Kit.'],
  notCommunicated: ['Error communicating with kernel - (ipc/mig) server died.'],
  kernelRequestFailed: [`Kernel error handling kext request - ${linkError}.`],
};

/** Every line of kextload, kextutil and the kext library. */
const ofLoad = {
  notRoot: [
    'Process must be running as root to load kexts.',
    'You must be running as root to load kexts or send personalities into the kernel.',
    'You must be running as root to load kexts.',
    "Can't contact kextd; must run as root to load kexts.",
    `Request from non-root process 'turbinectl' (euid 501) to load ${kext} - not allowed.`,
  ],
  cannotLoad: [
    'validation problems.',
    'authentication problems.',
    'dependency authentication problems.',
    "no code for running kernel's architecture.",
    'ineligible during safe boot.',
    'dependencies ineligible during safe boot:',
    'failed to resolve dependencies.',
    'failed to resolve dependencies based on loaded kexts.',
  ].map(reason => `Can't load ${path} - ${reason}`),
  differentCopyLoaded: ['version', 'UUID'].map(what => `Can't load ${path} - a different ${what} is already loaded.`),
  failedToLoad: [
    `${path} failed to load - ${linkError}; check the system/kernel logs for errors or try kextutil(8).`,
    `Failed to load ${path} - ${linkError}.`,
  ],
  loaded: [
    `${path} loaded successfully (or already loaded).`,
    `${path} successfully loaded (or already loaded).`,
    `kextload: ${path} loaded successfully`,
  ],
  failedToStart: [`${path} failed to start - ${linkError}.`],
  unloadingAfterFailure: [`Unloading kext ${path} after failing to start/send personalities.`],
  failedToUnload: [`Failed to unload kext ${path} after failing to start/send personalities - ${linkError}.`],
  loadable: ['', 'not '].map(not => `${path} appears to be loadable (${not}including linkage for on-disk libraries).`),
  codeSigningFailed: ['Code Signing Failure: not code signed', 'Code Signing Failure: code signature is invalid'],
  notStaged: [
    `Kext failed to stage properly: ${path}:`,
    `${path} could not be staged, failing.`,
    `Unable to stage kext (${path}) to secure location.`,
    `Bundle (${path}) failed to validate, deleting: /Library/StagedExtensions/Library/Extensions/1F2E3D4C-0001-4000-8000-0000000000A1.kext`,
  ],
  notSecure: [
    `${path} failed security checks; failing.`,
    `${path}'s dependencies failed security checks; failing.`,
    `ERROR: authentication checks failed for ${kext}, will not load`,
    `ERROR: invalid signature for ${kext}, will not load`,
  ],
  rejected: [
    'improper filesystem permissions',
    'invalid signature',
    'insecure location',
    'presence on exclude list',
    'system policy',
  ].map(reason => `Kext rejected due to ${reason}: ${oskext}`),
  signatureAllowed: [
    `Kext with invalid signature (-67062) allowed: ${oskext}`,
    `Kext with invalid signatured (-67050) allowed: ${oskext}`,
    'kext-dev-mode allowing invalid signature -67050 0xFFFFFFFFFFFEFA16 for kext "Turbine.kext"',
    'kext-dev-mode allowing invalid signature -67030 0xFFFFFFFFFFFEFA2A for kext Turbine.kext',
    `kext signature failure override allowing invalid signature -67050 0xFFFFFFFFFFFEFA16 for kext "${path}"`,
  ],
  signatureDenied: [
    `Kext with invalid signature (-2147409652) denied: ${path}`,
    `Kext with invalid signatured (-67061) denied: ${oskext}`,
  ],
  unsigned: ['Untrusted kexts are not allowed'],
  auditDisabled: ['Disabling KextAudit: SIP is off'],
  memoryRefused: ['Memory allocation failure.'],
  restartRequired: ['If this kext was just installed, a reboot is required to allow it to load.'],
  excluded: [`${path} is in exclude list; omitting.`],
  debugProperties: ['Notice: My Turbine.kext has debug properties set.'],
  libraryMissing: [`${path} - dependency 'com.apple.kpi.mach' not found.`],
  libraryIncompatible: [
    `${path} - no compatible dependency found for com.apple.kpi.mach.`,
    `${path} - dependency for com.apple.kpi.mach lacks valid OSBundleCompatibleVersion.`,
    `${path} - loaded dependency com.apple.kpi.mach, v19.6 is not compatible with requested version 20.1.`,
    `${path} - loaded dependency com.apple.kpi.mach lacks valid OSBundleCompatibleVersion.`,
  ],
  librariesUnresolved: [`${path} is invalid; can't resolve dependencies.`, `Can't resolve dependencies for ${path}.`],
  kextlibsHint: ['Check library declarations for your kext with kextlibs(8).'],
  diagnosticsFor: [`Diagnostics for ${path}:`, `${path} has problems:`],
  modeUnsupported: ['kextutil: -n is not a supported kmutil mode'],
  prompt: [
    `Load ${path} and its dependencies into the kernel [Y/n]? `,
    `Start ${path} [Y/n/a]? y`,
    'Send personality My Turbine [Y/n/a]? ',
  ],
  notFound: [`Error: Kext ${path} - not found/unable to create.`],
};

const tables = [
  { tools: ['kextunload'], table: ofKextunload },
  { tools: ['kextload', 'kextutil', 'kextcache', 'kmutil'], table: ofLoad },
];

for (const { tools, table } of tables)
  describe(`What ${tools[0]} says itself is understood`, () => {
    for (const [kind, lines] of Object.entries(table))
      for (const text of lines)
        it(`as ${kind}: ${text.trim()}`, () => {
          for (const tool of tools) {
            const { records, notUnderstood } = parsers[tool]?.(text) ?? assert.fail();
            assert.deepEqual(notUnderstood, []);
            assert.partialDeepStrictEqual(records, [{ kind, by: 'tool', line: 1, text }]);
          }
        });
  });

it('A path is whole whatever stands in it, and what a kext is called is told apart from where it lies', () => {
  const said = (text: string) => parsers.kextutil?.(text).records[0];
  assert.partialDeepStrictEqual(said(ofLoad.rejected[4] ?? ''), {
    reason: 'system policy',
    kext,
    url: 'My%20Turbine.kext/ -- file:///Library/Extensions/',
  });
  assert.partialDeepStrictEqual(said(ofLoad.signatureAllowed[0] ?? ''), { status: -67062, kext });
  assert.partialDeepStrictEqual(said(ofLoad.failedToLoad[0] ?? ''), { what: path, error: linkError });
  assert.partialDeepStrictEqual(said('Send personality My Turbine [Y/n/a]? y'), {
    question: 'Send personality My Turbine',
    answer: 'y',
  });
});
