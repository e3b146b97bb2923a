import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckName } from '../../../../src/diagnosis/doctor/doctorFinding.ts';
import { finding, findings, policyText, type ToldByTarget, versionText } from './facts.ts';

const enabled = 'System Integrity Protection status: enabled.\n';
const project = (architectures: readonly string[] | undefined, program = 'make') => ({
  project: { buildCommand: [program], architectures },
});
const allowed = (row: string) => `User john may run the following commands on mini:\n    ${row}\n`;

describe('A doctor says of', () => {
  it('a target that was not reached: why, how to look, and nothing of what could not be asked', () => {
    const found = findings({}, { answers: { notReached: 'mini refused the key.\nCheck it.' } });
    assert.deepEqual(
      found.map(({ check, verdict }) => [check, verdict]),
      [
        ['ssh', 'problem'],
        ['build tools', 'good'],
      ],
    );
    assert.match(found[0]?.says ?? '', /^mini was not reached/);
    assert.deepEqual([found[0]?.evidence, found[0]?.asked], [['mini refused the key.', 'Check it.'], 'ssh mini true']);
  });

  it('a name of a user or a host nothing, where sudo tells it', () => {
    for (const sudo of [
      allowed('(ALL) ALL'),
      '!Sorry, user john may not run sudo on mini-of-john.\n',
      '!john is not in the sudoers file.  This incident will be reported.\n',
    ])
      assert.doesNotMatch(JSON.stringify(finding('sudo', { sudo })), /john/);
  });
});

describe('Every finding of a doctor', () => {
  const words = [
    '',
    'x\n',
    '!y\n',
    null,
    versionText('13.6', '22G120'),
    policyText('Full Security', 'No'),
    '20\n',
    enabled,
    '/a/b\n',
  ];
  const told = fc.option(fc.constantFrom(...words), { nil: undefined, freq: 2 });
  const names = ['version', 'kernel', 'protection', 'time', 'programs', 'bootArguments', 'nextBootArguments'] as const;
  const more = ['volumes', 'kits', 'consent', 'startup', 'groups', 'sudo'] as const;
  const anything = fc
    .record(Object.fromEntries([...names, ...more].map(name => [name, told])))
    .map(all => Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined)) as ToldByTarget);

  it('is one sentence with a verdict; what is not good says what was asked, and with what words or what to do', () => {
    fc.assert(
      fc.property(anything, given => {
        for (const { check, verdict, says, asked, fix, evidence } of findings(given, project(['x86_64']))) {
          assert.match(says, /^\S[^\n]*[.)]$/, check);
          assert.notEqual(asked, undefined, check);
          if (verdict === 'good') assert.equal(fix, undefined, check);
          else if (verdict !== 'unknown') assert.match(fix ?? '', /\.$/, check);
          else assert.ok(fix !== undefined || evidence.length > 0 || /depends on the system/.test(says), check);
        }
      }),
    );
  });

  it('is not good where the one tool that it goes by is missing', () => {
    const byTool: readonly (readonly [keyof ToldByTarget, CheckName])[] = [
      ['version', 'macOS'],
      ['programs', 'tools'],
      ['protection', 'SIP'],
      ['sudo', 'sudo'],
      ['volumes', 'disk'],
      ['time', 'clock'],
      ['bootArguments', 'keepsyms'],
    ];
    for (const [name, check] of byTool) assert.notEqual(finding(check, { [name]: null }).verdict, 'good', check);
  });
});
