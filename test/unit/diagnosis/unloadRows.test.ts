import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalogue } from '../../../src/diagnosis/catalogue/catalogue.ts';
import { explain } from '../../../src/diagnosis/catalogue/explain.ts';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';

const source = { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };
const id = 'org.sample.driver.Turbine';
const summary = `Failed to unload ${id} - (libkern/kext) kext is in use or retained (cannot unload).`;
const services = (code: string) => `(kernel) Can't remove kext ${id}; services failed to terminate - ${code}.`;

/** The diagnosis of the kext as a whole. */
function diagnose(said: string) {
  const { diagnoses } = diagnoseTranscript({ said, registry: undefined, counts: undefined }, source);
  return diagnoses.at(-1) ?? assert.fail(`no diagnosis of ${said}`);
}

const nothing = /Nothing was terminated/;
const some = /Services that the kernel came to before that are terminated/;
const terminated = /is terminated but still loaded|services are terminated/;

describe('A refused unload, by the line that the kernel gives', () => {
  /** FAILURES 3, row by row: the line, the cause, what had become of the services, and the next step. */
  const rows = [
    [
      'U1',
      `(kernel) Kext ${id} not found for unload request.`,
      'notLoaded',
      /is not loaded/,
      /^Compare the identifier/,
    ],
    ['U2', '(kernel) Access Failure - must be root user.', 'notPrivileged', /nobody but root/, /sudo/],
    ['U3', '(kernel) Access Failure - client not entitled to manage file sets.', 'notPrivileged', nothing, /kmutil/],
    ['U4', `(kernel) Failed to remove kext ${id} (MAC policy error 0x1).`, 'removalVetoed', nothing, /Integrity/],
    ['U6', `(kernel) Can't remove kext ${id}; unsupported by cache.`, 'unsupportedByCache', nothing, /restart/],
    ['U7', services('0xdc008018'), 'dependents', nothing, /^Unload what is linked against it first/],
    ['U8', services('0xe00002c7'), 'terminateDisallowed', some, /OSBundleAllowUserTerminate to true/],
    ['U9', services('0xe00002bd'), 'unknown', /had no memory.*Nothing was terminated/, /^Try again/],
    ['U10', `(kernel) Kext unloading is disabled (${id}).`, 'unknown', /shutting down.*services are term/, /^Restart/],
    [
      'U11',
      `(kernel) Can't unload kext ${id}; outstanding references 3 (linkage or tracking object).`,
      'refused',
      /OSKextRetainKextWithLoadTag.*services are terminated/,
      /^Release each load tag .* dependents/,
    ],
    [
      'U12',
      `(kernel) Can't unload kext ${id}; classes have instances:\n(kernel)     Kext ${id} class Rotor has 1 instance.`,
      'refused',
      terminated,
      /^Restart/,
    ],
    [
      'U12 without a class',
      `(kernel) Can't unload kext ${id}; classes have instances:`,
      'refused',
      /looked up/,
      /^Unload again/,
    ],
    [
      'U13',
      `(kernel) Kext ${id} did not stop (return code 0x5).\n(kernel) Kext ${id} can't unload - module stop returned 0xdc008017.`,
      'stopFailed',
      terminated,
      /KERN_SUCCESS/,
    ],
    [
      'U14',
      `(kernel) Kext ${id} - has references (linkage or tracking object); can't stop.`,
      'refused',
      terminated,
      /^Release the load tags/,
    ],
    ['U14 older', `(kernel) Kext ${id} - C++ instances; can't stop.`, 'refused', terminated, /^Release the load tags/],
    ['U15', `(kernel) Attempt to stop nonloaded kext ${id}.`, 'notLoaded', /is not loaded/, /./],
    [
      'U16',
      `(kernel) Can't tear down kext ${id} C++; classes have instances:`,
      'stopFailed',
      /came to life while its module stop function ran.*services are terminated/,
      /^Allocate nothing in the stop function/,
    ],
    ['U17', `(kernel) Kext ${id} - NULL module stop pointer.`, 'unknown', /kmod_info.*services are/, /MODULE_STOP/],
    ['U17 start', `(kernel) Kext ${id} - NULL module start pointer.`, 'unknown', /kmod_info/, /MODULE_START/],
    [
      'U18',
      `(kernel) Failed to free kext ${id}; couldn't find the kext map.`,
      'unknown',
      /half gone.*services are terminated/,
      /^Restart/,
    ],
    ['U19', `(kernel) Can't remove kext ${id}; kext failed to unload - 0xdc008018.`, 'refused', terminated, /^Restart/],
  ] as const;
  for (const [row, line, cause, message, remedy] of rows)
    it(`${row}: ${cause}, alone and with what the tool sums up`, () => {
      for (const said of [line, `${line}\n${summary}`, line.replaceAll('(kernel) ', '')]) {
        const found = diagnose(said);
        assert.deepEqual([found.cause, found.about], [cause, 'unload'], said);
        assert.match(found.message, message);
        assert.match(found.remedy, remedy);
        const others = [nothing, some, terminated].filter(state => state.test(found.message));
        assert.ok(others.length <= 1, found.message);
      }
    });

  it('says of a start pointer nothing about services: it is looked at when the kext starts', () => {
    assert.doesNotMatch(diagnose(`(kernel) Kext ${id} - NULL module start pointer.`).message, /terminated/);
  });

  it('tells of a teardown that failed also by the code in "did not stop"', () => {
    const said = `(kernel) Kext ${id} did not stop (return code 0xdc004002).\n(kernel) Kext ${id} can't unload - module stop returned 0xdc008017.`;
    assert.match(diagnose(said).remedy, /^Allocate nothing in the stop function/);
  });

  it('is about the kext that was to go, whosever class refused to be terminated', () => {
    const said = `(kernel) disallowing kextunload terminate for bundleID __kernel__\n${services('0xe00002c7')}`;
    assert.match(diagnose(said).message, new RegExp(`^${id} does not let an unload terminate`));
  });
});

describe('A refused unload of which no line says why', () => {
  const kmutil = 'Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)';
  for (const said of [summary, kmutil, `Error Domain=KMErrorDomain Code=71 "${kmutil}" UserInfo={}`])
    it(`is possibly any of what has that code: ${said}`, () => {
      const found = diagnose(said);
      assert.deepEqual([found.cause, found.certainty], ['inUse', 'possible']);
      assert.match(found.message, /Either nothing was terminated: .* Or its services are terminated/);
      assert.match(found.remedy, /log show .*I\/O Registry/);
    });

  it('of kmutil’s own, before the kernel was asked: in its words, and nothing was terminated', () => {
    const found = diagnose('Could not find: Unable to get contents of boot kernel collection at /k.kc');
    assert.equal(found.cause, 'unknown');
    assert.match(found.message, /The boot kernel collection at \/k\.kc cannot be read.* Nothing was terminated\.$/);
  });

  it('is a kext that is not there, not one that is not loaded, where a path is wrong', () => {
    for (const said of ["Can't create /t/Turbine.kext.", 'Could not find: No bundle was found at /t/Turbine.kext.'])
      assert.match(diagnose(said).message, /There is no (kext|bundle) at \/t\/Turbine\.kext/);
  });
});

describe('The catalogue and the diagnosis of an unload', () => {
  const rows = catalogue.filter(
    ({ id: row, patterns, severity, summary: only }) =>
      /^unload\./.test(row) && patterns.length > 0 && severity === 'error' && only !== true,
  );
  /** These have words of the diagnosis' own, which the table above compares. */
  const own: ReadonlySet<string> = new Set([
    'unload.notRoot',
    'unload.vetoed',
    'unload.unsupportedByCache',
    'unload.dependents',
    'unload.terminateDisallowed',
    'unload.classesHaveInstances',
    'unload.stopFailed',
    'unload.instancesAfterStop',
  ]);
  for (const row of rows)
    it(`${row.id} lead to the same Problem${own.has(row.id) ? '' : ', in the same words'}`, () => {
      for (const said of [row.example, `${row.example}\n${summary}`]) {
        const found = diagnose(said);
        assert.equal(found.cause, row.problem);
        assert.equal(found.certainty, 'certain');
        if (own.has(row.id)) continue;
        const [explained] = explain(row.example);
        assert.ok(found.message.includes(explained?.cause ?? '?'), found.message);
        assert.equal(found.remedy, explained?.remedy);
      }
    });
});
