import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { capabilitiesOf, macosName } from '../../../src/model/capabilities.ts';
import { type Capabilities, capabilityTable } from '../../../src/model/capabilityTable.ts';
import type { SystemFacts } from '../../../src/model/system.ts';

const off = { status: 'disabled', kextSigning: false } as const;
const on = { status: 'enabled', kextSigning: true } as const;

/** The values of some answers; one that is not certain in brackets. */
function valuesOf(system: SystemFacts, ...questions: readonly (keyof Capabilities)[]): readonly unknown[] {
  const capabilities = capabilitiesOf(system);
  return questions.map(question => {
    const { value, certain } = capabilities[question];
    return certain ? value : [value];
  });
}

describe('What a system can do', () => {
  const intel = { architecture: 'x86_64' };
  const silicon = { architecture: 'arm64' };
  const tools = ['listTool', 'explainTool', 'librariesTool', 'kernelLines'] as const;
  const classic = ['kextstat', 'kextutil -nt', 'kextlibs', 'relayed by the tool'];
  const kmutil = ['kmutil showloaded', 'kmutil print-diagnostics', 'kmutil libraries', 'in the log'];
  for (const [version, expected] of [
    ['10.5.8', classic],
    ['10.9', classic],
    ['10.15.7', classic],
    ['11', kmutil],
    ['11.0.1', kmutil],
    ['15.3.1', kmutil],
    ['26.1', kmutil],
  ] as const)
    it(`${version}: which tools answer`, () => assert.deepEqual(valuesOf({ version }, ...tools), expected));

  it('the kernel’s own word on its daemon counts more than the version', () => {
    assert.deepEqual(valuesOf({ version: '11.2', usesKernelmanagerd: false }, ...tools), classic);
    assert.deepEqual(valuesOf({ version: 'a beta', usesKernelmanagerd: true }, ...tools), kmutil);
  });

  const loading = ['loadNeedsApproval', 'loadNeedsRestart', 'fromCollection', 'loadsFrom'] as const;
  for (const [system, expected] of [
    [{ version: '10.12.6' }, [false, false, false, 'any folder']],
    [{ version: '10.13.6', integrityProtection: on }, [true, false, false, 'any folder']],
    [{ version: '10.15.7', integrityProtection: off }, [false, false, false, 'any folder']],
    [{ version: '10.15.7' }, [[true], false, false, 'any folder']],
    [{ version: '11.7', integrityProtection: off }, [true, true, true, '/Library/Extensions']],
    [{ version: '26.0' }, [true, true, true, '/Library/Extensions']],
  ] as const)
    it(`${JSON.stringify(system)}: what a load needs`, () => assert.deepEqual(valuesOf(system, ...loading), expected));

  it('an unload works at once until 10.15; later only the list of kexts tells', () => {
    const unload = ['unloadCanWork', 'unloadTakesEffect'] as const;
    assert.deepEqual(valuesOf({ version: '10.15.7' }, ...unload), ['yes', 'at once']);
    for (const machine of [intel, silicon])
      assert.deepEqual(valuesOf({ version: '13.6', ...machine }, ...unload), [
        ['perhaps'],
        ['at once or at the restart'],
      ]);
  });

  for (const [system, architecture, reduced] of [
    [{ version: '10.5.8', architecture: 'i386' }, 'i386', false],
    [{ version: '10.6.8', architecture: 'x86_64' }, 'x86_64', false],
    [{ version: '10.6.8' }, ['x86_64'], false],
    [{ version: '10.11' }, 'x86_64', false],
    [{ version: '13.6', ...intel }, 'x86_64', false],
    [{ version: '13.6', ...silicon }, 'arm64e', true],
    [{ version: '13.6' }, ['arm64e'], [true]],
  ] as const)
    it(`${JSON.stringify(system)}: code for ${architecture}`, () => {
      assert.deepEqual(valuesOf(system, 'kextArchitecture', 'reducedSecurityNeeded'), [architecture, reduced]);
    });

  it('the boot policy of Apple silicon, where it was read', () => {
    const allowed = (bootPolicy: NonNullable<SystemFacts['bootPolicy']>) =>
      valuesOf({ version: '15.0', ...silicon, bootPolicy }, 'bootPolicyAllowsKexts');
    assert.deepEqual(allowed({ security: 'reduced', allowsKexts: true }), [true]);
    assert.deepEqual(allowed({ security: 'permissive', allowsKexts: true }), [true]);
    assert.deepEqual(allowed({ security: 'reduced', allowsKexts: false }), [false]);
    assert.deepEqual(allowed({ security: 'full', allowsKexts: true }), [false]);
    assert.deepEqual(valuesOf({ version: '15.0', ...silicon }, 'bootPolicyAllowsKexts'), [[true]]);
    assert.deepEqual(valuesOf({ version: '15.0', ...intel }, 'bootPolicyAllowsKexts'), [true]);
  });

  for (const [system, signature, devMode, exitCode] of [
    [{ version: '10.8.5' }, false, false, undefined],
    [{ version: '10.10.5', integrityProtection: undefined }, [true], true, undefined],
    [{ version: '10.12.6', integrityProtection: on }, true, true, undefined],
    [{ version: '10.13.6', integrityProtection: off }, false, false, 27],
    [{ version: '15.6', integrityProtection: { status: 'enabled', kextSigning: false } }, false, false, 27],
    [{ version: '15.6', integrityProtection: { status: 'unknown', kextSigning: undefined } }, [true], false, 27],
  ] as const)
    it(`${JSON.stringify(system)}: signatures and the policy`, () => {
      const questions = ['signatureNeeded', 'kextDevMode', 'systemPolicyExitCode'] as const;
      assert.deepEqual(valuesOf(system, ...questions), [signature, devMode, exitCode]);
    });

  it('the log: JSON for certain since 11, perhaps since 10.12, none before', () => {
    const log = (version: string) => valuesOf({ version }, 'kernelLog')[0];
    const unified = 'log show --style ndjson';
    assert.deepEqual(['10.11', '10.12', '11'].map(log), ['dmesg and system.log', [unified], unified]);
  });

  it('where consent is given has had two names', () => {
    assert.match(String(valuesOf({ version: '12.7' }, 'approvedIn')), /^System Preferences/);
    assert.match(String(valuesOf({ version: '13.0' }, 'approvedIn')), /^System Settings/);
  });
});

describe('A version that says too little', () => {
  it('10.16, as macOS 11 and later call themselves to old programs: the build says which it is', () => {
    assert.equal(macosName({ version: '10.16', build: '20G1427' }), 'macOS 11');
    assert.equal(macosName({ version: '10.16', build: '22G120' }), 'macOS 13');
    assert.equal(macosName({ version: '10.16', build: undefined }), 'macOS 11');
    assert.deepEqual(valuesOf({ version: '10.16', build: '22G120' }, 'fromCollection', 'approvedIn'), [
      true,
      'System Settings, Privacy & Security',
    ]);
    assert.deepEqual(valuesOf({ version: '10.16' }, 'fromCollection'), [[true]]);
  });

  it('an unknown one is taken for the newest, and nothing that depends on it is certain', () => {
    for (const version of ['', 'Tahoe', '9.2', 'v13', '12beta']) {
      assert.deepEqual(valuesOf({ version }, 'listTool', 'loadNeedsRestart'), [['kmutil showloaded'], [true]], version);
      assert.equal(macosName({ version }), `macOS ${version}`);
    }
    assert.deepEqual(valuesOf({ version: 'Tahoe', build: '25A354' }, 'loadNeedsRestart'), [true]);
  });

  for (const [version, name] of [
    ['10.9', 'macOS 10.9'],
    ['10.15.7', 'macOS 10.15'],
    ['11', 'macOS 11'],
    ['13.6', 'macOS 13'],
    ['26.1', 'macOS 26'],
  ] as const)
    it(`${version} is called ${name}`, () => assert.equal(macosName({ version }), name));

  for (const [build, name] of [
    ['9L30', 'macOS 10.5'],
    ['19H2026', 'macOS 10.15'],
    ['20A2411', 'macOS 11'],
    ['24G84', 'macOS 15'],
    ['25B78', 'macOS 26'],
  ] as const)
    it(`build ${build} is ${name}`, () => assert.equal(macosName({ version: '?', build }), name));
});

describe('Any system', () => {
  const facts: fc.Arbitrary<SystemFacts> = fc.record({
    version: fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(30), fc.nat(20), fc.nat(9)).map(parts => parts.join('.')),
    ),
    build: fc.option(fc.string(), { nil: undefined }),
    architecture: fc.constantFrom('x86_64', 'arm64', 'i386', 'Power Macintosh', undefined),
    usesKernelmanagerd: fc.option(fc.boolean(), { nil: undefined }),
    integrityProtection: fc.constantFrom(on, off, undefined),
  });

  it('has an answer to each question, with a sentence that says why', () => {
    fc.assert(
      fc.property(facts, system => {
        const capabilities = capabilitiesOf(system);
        assert.deepEqual(Object.keys(capabilities), Object.keys(capabilityTable));
        for (const { why } of Object.values(capabilities)) assert.match(why, /^[A-Zk].*\.$/);
      }),
    );
  });

  it('of a later release never needs less for a load', () => {
    const version = fc.tuple(fc.constantFrom(10, 11, 12, 13, 14, 15, 26), fc.nat(15));
    fc.assert(
      fc.property(version, version, fc.constantFrom(on, off), (one, other, integrityProtection) => {
        const [earlier, later] = [one, other].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const needs = (parts: readonly number[] = []) => {
          const system = { version: parts.join('.'), integrityProtection };
          const { loadNeedsApproval, loadNeedsRestart } = capabilitiesOf(system);
          return Number(loadNeedsApproval.value) + Number(loadNeedsRestart.value);
        };
        assert.ok(needs(earlier) <= needs(later));
      }),
    );
  });
});
