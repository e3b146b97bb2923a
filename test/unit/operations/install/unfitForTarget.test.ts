import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KextBundle } from '../../../../src/bundle/kextBundle.ts';
import { unfitForTarget } from '../../../../src/operations/install/unfitForTarget.ts';
import { planReload } from '../../../../src/operations/planReload.ts';
import { ToolNotStarted } from '../../../../src/tools/port/toolErrors.ts';
import {
  type Answers,
  fakeTarget,
  infoPlist,
  kextstatOf,
  sampleOperation,
  sampleProject,
  turbine,
} from '../fakeTarget.ts';

const { signal } = new AbortController();

const apple: Answers = {
  sw_vers: [{ stdout: 'ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79\n' }],
  sysctl: [{ stdout: 'kern.boottime: { sec = 1000, usec = 0 } Thu Jan  1 00:16:40 1970\nhw.machine: arm64\n' }],
};
const protectedByIt: Answers = { csrutil: [{ stdout: 'System Integrity Protection status: enabled.\n' }] };
const unreadable: Answers = {
  csrutil: [{ stderr: 'csrutil: failed to retrieve system integrity status\n', exitCode: 1 }],
};

describe('A build that is nothing for its target', () => {
  let project: string;
  let signed: string;
  before(async () => {
    project = await sampleProject();
    signed = await mkdtemp(join(tmpdir(), 'kext-dev-signed-'));
    await mkdir(join(signed, 'Contents', '_CodeSignature'), { recursive: true });
  });
  after(async () => {
    for (const folder of [project, signed]) await rm(folder, { recursive: true, force: true });
  });

  /** The causes with their messages, or that nothing speaks against it. */
  async function told(
    answers: Answers,
    { architectures = ['x86_64'], folder = project, crossBuilt = false, simulated = false } = {},
  ): Promise<readonly string[]> {
    const target = { ...fakeTarget(answers), simulated };
    const bundle = { folder, infoPlist: { crossBuilt }, executable: { architectures } } as unknown as KextBundle;
    const found = await unfitForTarget(await sampleOperation(project, target), bundle, signal);
    return found.flatMap(({ cause, message }) => [cause, message]);
  }

  it('has no code for its processor', async () => {
    assert.deepEqual(await told(apple), [
      'noCodeForTarget',
      'org.sample.driver.Turbine has no code for arm64e, which test-mac runs: only for x86_64. Nothing was installed.',
    ]);
    assert.deepEqual(await told({}, { architectures: ['arm64e'] }), [
      'noCodeForTarget',
      'org.sample.driver.Turbine has no code for x86_64, which test-mac runs: only for arm64e. Nothing was installed.',
    ]);
    assert.deepEqual(await told(apple, { architectures: ['x86_64', 'arm64e'] }), []);
    assert.deepEqual(await told({}), []);
  });

  it('has no signature where the protection is on; whether a signature will do is for the target to say', async () => {
    assert.deepEqual(await told(protectedByIt), [
      'notSigned',
      'org.sample.driver.Turbine has no signature, and test-mac takes none without: System Integrity Protection is on. Nothing was installed.',
    ]);
    assert.deepEqual(await told(protectedByIt, { folder: signed }), []);
    assert.deepEqual(await told(unreadable), []);
  });

  describe('meets the boot policy of Apple silicon', () => {
    const arm = { architectures: ['arm64e'] };
    const policy = (security: string, kexts: string): Answers => ({
      ...apple,
      system_profiler: [
        {
          stdout: `{ "SPiBridgeDataType" : [ { "ibridge_secure_boot" : "${security}", "ibridge_sb_other_kext" : "${kexts}" } ] }\n`,
        },
      ],
    });
    const keptOut = (told: string) => [
      'keptOutByBootPolicy',
      `The boot policy of test-mac keeps org.sample.driver.Turbine out: ${told}. Nothing was installed.`,
    ];

    it('which keeps it out unless its owner has let kexts in', async () => {
      assert.deepEqual(await told(policy('Full Security', 'No'), arm), keptOut('Full Security, kexts not allowed'));
      const reduced = keptOut('Reduced Security, kexts not allowed');
      assert.deepEqual(await told(policy('Reduced Security', 'No'), arm), reduced);
      assert.deepEqual(await told(policy('Reduced Security', 'Yes'), arm), []);
      assert.deepEqual(await told(policy('Permissive Security', 'Yes'), arm), []);
    });

    it('and all else that speaks against it is said with that, for the way to Recovery is long', async () => {
      const causes = await told({ ...policy('Full Security', 'No'), ...protectedByIt });
      assert.deepEqual(
        causes.filter((_, at) => at % 2 === 0),
        ['noCodeForTarget', 'keptOutByBootPolicy', 'notSigned'],
      );
    });

    it('which in other words, in part, late or not at all keeps nobody out', async () => {
      assert.deepEqual(await told(policy('Volle Sicherheit', 'Nein'), arm), []);
      const unread: readonly Answers[string][] = [
        [{ stdout: '{ "SPiBridgeDataType" : [] }\n' }],
        [{ stdout: '{ "SPiBridgeDataType" : [ { "ibridge_secure_boot" : "Full Security" } ] }\n' }],
        [{ stdout: '{ "SPiBridge' }],
        [{ stdout: 'usage: system_profiler [-listDataTypes]\n', exitCode: 1 }],
        [{ timedOut: true, exitCode: null }],
        [{ stderr: 'sh: system_profiler: not found\n', exitCode: 127 }],
        [new ToolNotStarted('system_profiler', 'no such file', true)],
      ];
      for (const system_profiler of unread) assert.deepEqual(await told({ ...apple, system_profiler }, arm), []);
    });

    it('which is asked for once on a connection, and not on Intel, nor where the processor is not known', async () => {
      const asks = async (answers: Answers) => {
        const target = fakeTarget(answers);
        const bundle = { folder: project, infoPlist: {}, executable: arm } as unknown as KextBundle;
        const operation = await sampleOperation(project, target);
        const asked = () => target.runner.lines.filter(line => line.includes('system_profiler')).length;
        for (let times = 0; times < 3; times += 1) await unfitForTarget(operation, bundle, signal);
        const once = asked();
        target.restart();
        await unfitForTarget(operation, bundle, signal);
        return [once, asked()];
      };
      assert.deepEqual(await asks(policy('Full Security', 'No')), [1, 2]);
      assert.deepEqual(await asks({ ...apple, system_profiler: [{ stdout: 'nobody knows' }] }), [1, 2]);
      assert.deepEqual(await asks({}), [0, 0]);
      const noProcessor = {
        sysctl: [{ stdout: 'kern.boottime: { sec = 1000, usec = 0 } Thu Jan  1 00:16:40 1970\n' }],
      };
      assert.deepEqual(await asks({ ...apple, ...noProcessor }), [0, 0]);
    });

    it('which the plan of a reload names, too', async () => {
      const notes = async (answers: Answers) =>
        (await planReload(await sampleOperation(project, fakeTarget(answers)), signal)).notes;
      const stepsOf = async (answers: Answers) =>
        (await planReload(await sampleOperation(project, fakeTarget(answers)), signal)).steps.map(({ name }) => name);
      const [first = ''] = await notes(policy('Full Security', 'No'));
      assert.match(
        first,
        /^The boot policy of test-mac keeps kexts out, so that nothing is installed: Full Security, kexts not allowed\. Shut down, hold /,
      );
      assert.deepEqual(await stepsOf(policy('Full Security', 'No')), ['building']);
      assert.ok((await stepsOf(apple)).includes('installing'));
      for (const answers of [policy('Reduced Security', 'Yes'), apple, {}])
        assert.ok((await notes(answers)).every(note => !note.includes('boot policy')));
    });
  });

  describe('is known to the plan of a reload', () => {
    const macos13: Answers = {
      sw_vers: [{ stdout: 'ProductName:\t\tmacOS\nProductVersion:\t\t13.6\nBuildVersion:\t\t22G120\n' }],
    };
    const planOn = async (answers: Answers) => planReload(await sampleOperation(project, fakeTarget(answers)), signal);

    it('by the last build, where there is one', async () => {
      const ofBuild = ({ notes }: { notes: readonly string[] }) => notes.filter(note => /last build/.test(note));
      assert.deepEqual(ofBuild(await planOn(protectedByIt)), []);
      const contents = join(project, 'build', 'Turbine.kext', 'Contents');
      await mkdir(contents, { recursive: true });
      const withoutCode = infoPlist.replace(/\s*<key>CFBundleExecutable<\/key>\s*<string>.*?<\/string>/, '');
      try {
        await writeFile(join(contents, 'Info.plist'), withoutCode);
        const [unsigned = '', ...more] = ofBuild(await planOn(protectedByIt));
        assert.match(
          unsigned,
          /^The last build would not be installed: \S+ has no signature, and .* protection is on\. Sign it /i,
        );
        assert.deepEqual(more, []);
        assert.deepEqual(ofBuild(await planOn({})), []);
        const { steps } = await planOn(protectedByIt);
        assert.ok(
          steps.some(({ name }) => name === 'installing'),
          'the next build may be signed',
        );
      } finally {
        await rm(join(project, 'build'), { recursive: true });
      }
    });

    it('where a bootloader or a collection brings the kext: then no build is installed', async () => {
      const loaded = { kextstat: [kextstatOf([turbine, '11111111-2222-3333-4444-666666666666'])] };
      const inNoFolder = { find: [{ stdout: '' }] };
      const { steps, obstacles, notes } = await planOn({ ...macos13, ...loaded, ...inNoFolder });
      assert.deepEqual(
        steps.map(({ name }) => name),
        ['building'],
      );
      assert.deepEqual(obstacles, []);
      assert.equal(notes.length, 1);
      assert.match(
        notes[0] ?? '',
        /^Nothing will be installed: .* a bootloader or a kext collection puts it into the /,
      );
      assert.match(notes[0] ?? '', /kernel\. Take it out of there .* kext\.install\.path/);
      assert.ok((await planOn({ ...macos13, ...inNoFolder })).steps.length > 1, 'it is not loaded');
    });
  });

  it('was built for the Simulated Mac; there it is what is wanted', async () => {
    assert.equal((await told({}, { crossBuilt: true }))[0], 'crossBuilt');
    assert.deepEqual(await told(protectedByIt, { crossBuilt: true, simulated: true }), []);
  });
});
