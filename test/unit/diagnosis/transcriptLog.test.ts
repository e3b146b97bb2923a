import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';
import { type KextLog, kextLogReader } from '../../../src/tools/log/kextLog.ts';
import { allCaptures, capture } from '../tools/captures.ts';

const turbine = 'org.sample.driver.Turbine';

function logOf(text: string): KextLog {
  const reader = kextLogReader({ bareIsKernel: true });
  reader.feed(text);
  reader.end();
  return reader.result();
}

function diagnose(said: string, log?: string, registry?: string) {
  const source = { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };
  const transcript = { said, log: log === undefined ? undefined : logOf(log), registry, counts: undefined };
  return diagnoseTranscript(transcript, source);
}

const told = ({ outcome, bundleIdentifier }: ReturnType<typeof diagnose>) => [outcome, bundleIdentifier];

describe('The log of a refused unload', () => {
  const row = (message: string) =>
    `2026-05-15 11:08:24.741500+0530 0x85533    Default     0x0                  0      0    kernel: ${message}\n`;
  const has = (kext: string, name: string) => row(`    Kext ${kext} class ${name} has 1 instance.`);
  const cannot = (kext: string) => row(`Can't unload kext ${kext}; classes have instances:`);
  const timedOut = (service: string) =>
    row(
      `${service}[0x10000031f]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT. Attempting to auto-resolve your deadlock. PLEASE FIX!`,
    );

  for (const [name, outcome] of [
    ['log-default', 'refused'],
    ['log-syslog', 'stopFailed'],
    ['log-compact', 'notFound'],
    ['log-json', 'refused'],
    ['log-ndjson', 'refused'],
    ['dmesg', 'refused'],
    ['kernel-log-undated', 'refused'],
    ['system-log', 'stopFailed'],
    ['console-dates', 'stopFailed'],
    ['log-default-10.13', 'loadFailed'],
  ] as const)
    it(`alone decides, and as what a tool printed: ${name}`, () => {
      const text = capture(name);
      assert.deepEqual(told(diagnose('', text)), [outcome, turbine]);
      assert.deepEqual(told(diagnose(text)), [outcome, turbine]);
      const setIn = text.replaceAll(/^(?=.)/gm, '    ');
      assert.deepEqual(told(diagnose('', setIn)), [outcome, turbine]);
      assert.deepEqual(told(diagnose(`What I see:\n${setIn}`)), [outcome, turbine]);
    });

  it('gives what a shim leaves out', () => {
    const said =
      capture('kextunload-shim-no-bundle')
        .split('\n')[0]
        ?.replace(/unload .*/, `unload -b ${turbine}`) ?? '';
    assert.deepEqual(told(diagnose(said)), ['unknown', undefined]);
    const { diagnoses } = diagnose(said, capture('log-default'));
    assert.deepEqual(
      diagnoses.map(({ class: name, cause }) => name ?? cause),
      ['TurbineDriver', 'TurbineUserClient', 'refused'],
    );
  });

  it('names the service that the kernel waited for in vain: of its class, by its name or by its id', () => {
    const evidence = (registry?: string) =>
      diagnose(
        '',
        timedOut('Blade 1') +
          timedOut('TurbineDriver') +
          cannot(turbine) +
          has(turbine, 'TurbineDriver') +
          has(turbine, 'Blade'),
        registry,
      )
        .diagnoses.filter(each => each.class !== undefined)
        .map(each => `${each.class} ${each.evidence.filter(({ text }) => text.includes('THREAD_TIMED_OUT')).length}`);
    assert.deepEqual(evidence(), ['TurbineDriver 1', 'Blade 0']);
    const tree = '+-o Blade 1  <class Blade, id 0x10000031f, !registered, !matched, inactive, busy 1, retain 9>';
    assert.deepEqual(evidence(tree), ['TurbineDriver 0', 'Blade 2']);
  });

  it('counts once what the tool relayed, too', () => {
    const said = capture('kextunload-in-use');
    const lines = said.split('\n').flatMap(line => (line.startsWith('(kernel) ') ? [row(line.slice(9))] : []));
    assert.deepEqual(diagnose(said, lines.join('')), diagnose(said));
  });

  it('is that of the last attempt, and of the kext that is meant', () => {
    const log = [
      cannot(turbine) + has(turbine, 'Old'),
      row('Kext com.apple.filesystems.smbfs not found for unload request.'),
      cannot('org.sample.Pump') + has('org.sample.Pump', 'Valve'),
      cannot(turbine) + has(turbine, 'Blade'),
      row('Kext com.apple.filesystems.smbfs not found for unload request.'),
    ].join('');
    const classes = (said: string) => diagnose(said, log).diagnoses.flatMap(each => each.class ?? []);
    assert.deepEqual(classes(''), ['Blade']);
    assert.deepEqual(classes('Requesting unload of org.sample.Pump.'), ['Valve']);
  });

  it('of a load goes on from the end of the load before', () => {
    const failed = (message: string) =>
      row(message) +
      row(`Kext ${turbine} failed to load (0xdc008017).`) +
      row(`Failed to load kext ${turbine} (error 0xdc008017).`);
    const log =
      failed(`Can't load kext ${turbine} - link failed.`) + failed(`Kext ${turbine} start failed (result 0x5).`);
    const { outcome, diagnoses } = diagnose('', cannot(turbine) + log);
    assert.equal(outcome, 'loadFailed');
    assert.deepEqual(
      diagnoses.flatMap(({ evidence }) => evidence.map(({ text }) => text.slice(0, 30))),
      [`(kernel) Kext ${turbine} st`, `(kernel) Kext ${turbine} fa`, '(kernel) Failed to load kext o'].map(text =>
        text.slice(0, 30),
      ),
    );
  });

  it('that says nothing of a kext leaves what the tool said', () => {
    const said = capture('kextunload-dependents');
    assert.deepEqual(diagnose(said, row('(Turbine) Turbine::step')), diagnose(said));
    assert.equal(diagnose('', 'hello\nworld\n').outcome, 'unknown');
  });

  it('throws on no text', () => {
    const texts = allCaptures()
      .filter(({ tool }) => /log|kext(un)?load/.test(tool))
      .flatMap(({ text }) => text.split('\n'));
    const text = fc
      .array(fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary' })))
      .map(lines => lines.join('\n'));
    fc.assert(fc.property(text, text, (said, log) => assert.ok(diagnose(said, log).outcome.length > 0)));
  });
});
