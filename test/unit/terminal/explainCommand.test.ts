import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions, UsageError } from '../../../src/terminal/options.ts';
import { type Answer, runCommand } from '../../../src/terminal/runCommand.ts';

const never = new AbortController().signal;

function run(input: string, ...argv: readonly string[]): Promise<Answer> {
  const readInput = async (file: string) => (file === '-' ? input : assert.fail(`asked for ${file}`));
  const operation = async () => assert.fail('asked for a target');
  return runCommand(readOptions(argv), { readInput, readChunks: () => assert.fail(), operation, systems: [] }, never);
}

describe('explain', () => {
  it('gives each match with its parts as JSON, 0', async () => {
    const { document, status } = await run('', 'explain', '0xe00002c7');
    assert.equal(status, 0);
    const [first] = document.matches as readonly Record<string, unknown>[];
    const { cause, remedy, example, ...others } = first ?? {};
    for (const text of [cause, remedy, example]) assert.match(String(text), /^.{10,}/);
    assert.deepEqual(others, {
      id: 'unload.terminateDisallowed',
      component: 'kernel',
      code: '0xe00002c7',
      symbol: 'kIOReturnUnsupported',
      anchor: {
        kind: 'infoPlist',
        key: 'OSBundleAllowUserTerminate',
        text: 'OSBundleAllowUserTerminate in the Info.plist',
      },
      general: false,
      severity: 'error',
      decimal: -536870201,
      text: '(iokit/common) unsupported function',
      status: null,
      problem: 'terminateDisallowed',
      page: 'media/failures/unload.md#unloadterminatedisallowed',
      fields: {},
    });
  });

  it('reads for people: the message, its code, what it means, what to do and where', async () => {
    const { text } = await run('', 'explain', "Can't create /Library/Extensions/Turbine.kext.");
    assert.equal(
      text,
      `kextunload.notCreated (kextunload, error)
  Means: There is no kext at /Library/Extensions/Turbine.kext: the path is wrong, or its Info.plist is not that of a kext.
  To do: Check the path, or name the kext by its identifier: kextunload -b IDENTIFIER.
  Where: CFBundlePackageType in the Info.plist
  Page: media/failures/kextunload.md`,
    );
    const ofCode = await run('', 'explain', '-603946984');
    assert.match(ofCode.text, /^unload\.classesHaveInstances .*\n {4}\(kernel\) Can't unload kext /);
    assert.match(ofCode.text, /\n {2}Code: 0xdc008018 {2}-603946984 {2}kOSKextReturnInUse {2}\(lib/);
  });

  it('says that what a code may stand for is one of its cases, where somebody else’s line holds it', async () => {
    const { text } = await run('', 'explain', 'turbinectl: IOServiceOpen failed: 0xe00002c7');
    assert.match(text, /^ioReturns\.kIOReturnUnsupported \(IOService, error\)\n/);
    assert.match(text, /\nunload\.terminateDisallowed \(kernel, error\), one of the cases of this code\n/);
  });

  it('takes a message in several words', async () => {
    const { document } = await run('', 'explain', 'Kext', 'org.a.B', 'is', 'not', 'loadable');
    assert.equal((document.matches as readonly { id: string }[])[0]?.id, 'loadKernel.notLoadable');
  });

  it('takes a number that begins with a dash for no option, and options before it and after it for what they are', async () => {
    for (const argv of [
      ['explain', '-603946984'],
      ['explain', '--json', '-603946984'],
      ['explain', '-603946984', '--json'],
      ['--json', 'explain', '-603946984'],
    ]) {
      const options = readOptions(argv);
      assert.deepEqual(options.arguments, ['-603946984']);
      assert.equal(options.json, argv.includes('--json'));
    }
    assert.deepEqual(readOptions(['explain', '-n is not a supported kmutil mode']).arguments, [
      '-n is not a supported kmutil mode',
    ]);
    assert.equal(readOptions(['explain', '--help']).command, 'help');
    assert.throws(
      () => readOptions(['explain', '0x5', '--plan']),
      /explain does not take --plan; it takes TEXT --json$/,
    );
    assert.throws(() => readOptions(['explain', '0x5', '--frob']), UsageError);
  });

  it('reads standard input for -', async () => {
    const { document } = await run('Loading extension(s): org.a.B requires a reboot\n', 'explain', '-');
    assert.equal((document.matches as readonly { id: string }[])[0]?.id, 'kmutil.restartRequired');
  });

  it('without a match says so in one line, 1; without a text it is a mistake in the call', async () => {
    const { document, text, status } = await run('', 'explain', 'all', 'is', 'well');
    assert.deepEqual([document, status], [{ matches: [] }, 1]);
    assert.match(text, /^Nothing is known of this.*\.$/);
    await assert.rejects(run('', 'explain'), UsageError);
  });
});
