import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';

const said = [
  "(kernel) Can't unload kext org.sample.driver.Turbine; classes have instances:",
  '(kernel)     Kext org.sample.driver.Turbine class Rotor has 1 instance.',
  'Failed to unload org.sample.driver.Turbine - (libkern/kext) kext is in use or retained (cannot unload).',
].join('\n');

const rotorTwice = said.replace('1 instance.', '2 instances.');

const root = '+-o Root  <class IORegistryEntry, id 0x100000100, retain 14>';

const source = { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };

function autopsyOf(lines: readonly string[], told: { said?: string; counts?: string } = {}) {
  const registry = [root, ...lines].join('\n');
  const transcript = { said, counts: undefined, ...told, registry };
  const [found] = diagnoseTranscript(transcript, source).diagnoses;
  return found ?? assert.fail('nothing is said of the class');
}

const texts = ({ evidence }: ReturnType<typeof autopsyOf>) => evidence.map(({ text }) => text);

describe('The autopsy by a registry whose lines were cut at the terminal’s width', () => {
  for (const line of ['  +-o C  <class Ro$', '  +-o D  <class $', '  +-o F  $', '  +-o A  <class IOService:Rot$'])
    it(`does not take an instance for leaked that ${line.trim()} may be`, () => {
      const found = autopsyOf([line]);
      assert.deepEqual([found.verdict, found.cause, found.certainty], ['unknown', 'unknownInstances', 'possible']);
      assert.equal(
        found.message,
        '1 instance of Rotor kept the kext from unloading: leaked, or the object whose class is cut off in the I/O Registry.',
      );
      assert.match(found.remedy, /ioreg -l -w 0/);
    });

  it('says which objects those are', () => {
    assert.deepEqual(texts(autopsyOf(['  +-o C  <class Ro$', '  +-o Dyna$'])).slice(-2), [
      'ioreg: 0 objects of Rotor in the I/O Registry',
      'ioreg: 2 objects with the class cut off: C, class Ro…; Dyna…, class …',
    ]);
  });

  it('neither takes one for leaked that stands on a line which is not understood', () => {
    assert.equal(autopsyOf(['  +-o Rotor  <class Rotor, id 0x5, sleepy>']).verdict, 'unknown');
  });

  it('tells leaked for certain where what is left of each class is of another', () => {
    const found = autopsyOf(['  +-o Pump  <class PumpDri$', '  +-o B  <class Boiler, id 0$']);
    assert.deepEqual([found.verdict, found.certainty], ['leaked', 'certain']);
  });

  it('leaves open where the rest is, where some are there', () => {
    const found = autopsyOf(
      ['  +-o Rotor  <class Rotor, id 0x5, !registered, !matched, inactive, busy 0, retain 5>', '  +-o D  $'],
      {
        said: rotorTwice,
      },
    );
    assert.deepEqual([found.verdict, found.certainty], ['both', 'possible']);
    assert.match(found.message, /1 more instance is leaked, or the object whose class is cut off/);
  });

  it('says of an object whose state is cut off neither that it was terminated nor that it was not', () => {
    const found = autopsyOf(['  +-o Rotor  <class Rotor, id 0x5, !regi$']);
    assert.deepEqual([found.verdict, found.certainty], ['held', 'possible']);
    assert.equal(found.message, 'Rotor is held: it is still in the I/O Registry.');
    assert.equal(texts(found).at(-1), 'ioreg: Rotor, id 0x5, the rest cut off');
  });

  it('names the holder below it, by its process as far as that stands there', () => {
    const found = autopsyOf([
      '  +-o Rotor  <class Rotor, id 0x5, !registered, !matched, inactive, busy 1, retain 5>',
      '    +-o RotorUserClient  <class RotorUs$',
      '        {',
      '          "IOUserClientCreator" = "pid 587, rotorc$',
    ]);
    assert.deepEqual(found.holders, [{ name: 'rotorc… (pid 587)', pid: 587, through: 'RotorUserClient' }]);
  });

  it('does not give one object without an id the process of another', () => {
    const found = autopsyOf([
      '  +-o Rotor  <class Rotor, id 0x5, !registered, !matched, inactive, busy 1, retain 5>',
      '  | +-o Lease  <class RotorLe$',
      '  +-o PumpUserClient  <class PumpUser$',
      '      {',
      '        "IOUserClientCreator" = "pid 588, pumpctl"',
    ]);
    assert.deepEqual(found.holders, [{ name: 'Lease', through: 'Lease' }]);
  });
});

describe('The autopsy of a transcript', () => {
  it('says whose the count is', () => {
    const counted = (counts: string | undefined) =>
      texts(autopsyOf([], { ...(counts === undefined ? {} : { counts }) })).find(text => text.endsWith(': Rotor = 1'));
    assert.equal(counted(undefined), 'the kernel’s line: Rotor = 1');
    assert.equal(counted('Boiler = 1\n'), 'the kernel’s line: Rotor = 1');
    assert.equal(counted('Rotor = 1\n'), 'ioclasscount: Rotor = 1');
    assert.equal(counted('    "IOKitDiagnostics" = {"Classes"={"Rotor"=1}}\n'), 'IOKitDiagnostics: Rotor = 1');
  });

  it('takes a registry that is none for none', () => {
    const [found] = diagnoseTranscript(
      { said, registry: 'ioreg: error: nothing.\n', counts: undefined },
      source,
    ).diagnoses;
    assert.equal(found?.verdict, 'unknown');
  });

  it('takes an empty registry for one without an object of the class', () => {
    const [found] = diagnoseTranscript({ said, registry: '', counts: undefined }, source).diagnoses;
    assert.equal(found?.verdict, 'leaked');
  });
});
