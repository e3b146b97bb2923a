import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RoundTrip } from '../../src/targets/roundTrip.ts';
import type { Ending } from '../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import { wholeOf } from '../../src/tools/port/toolInput.ts';
import { remoteScript, remoteShell } from '../../src/tools/ssh/remoteScript.ts';
import { ensureTools } from '../support/debianPackages.ts';
import { findProgram } from '../support/findProgram.ts';

await ensureTools(['zsh', 'tcsh', 'fish']);
const shells = ['sh', 'bash', 'zsh', 'tcsh', 'csh', 'fish'];

const echo = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env.TURBINE, process.cwd()]))';

function command(argv: readonly string[], told: Partial<ToolCommand<undefined>> = {}): ToolCommand<undefined> {
  const all = ['-e', echo, '--', ...argv];
  return { tool: process.execPath, argv: all, asRoot: false, timeoutMs: 1000, parse: () => undefined, ...told };
}

/** As sshd runs it: the login shell gets the fixed words, the rest comes on standard input, which stays open. */
async function runBehind(shell: string, commands: readonly ToolCommand<unknown>[]): Promise<readonly Ending[]> {
  const mark = 'f00dcafe';
  const trip = new RoundTrip(commands, mark, { begins: () => undefined });
  const child = spawn(findProgram(shell) ?? shell, ['-c', remoteShell], {
    detached: true,
    env: { PATH: process.env.PATH, HOME: '/nonesuch', _mark: 'of the user', IFS: 'x' },
  });
  child.stdin.write(wholeOf(remoteScript(commands, mark)));
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'exit')]);
  trip.stdout.take(stdout);
  trip.stderr.take(stderr);
  assert.equal(trip.ended, commands.length, `${shell}: ${stdout} ${stderr}`);
  return commands.map((_, at) => trip.ending(at, { timedOut: false, cancelled: false }));
}

const hostile = [
  ...[
    '',
    ' ',
    "'",
    '"',
    '\\',
    "\\'",
    "'\\''",
    '$HOME',
    '$' + '{HOME}',
    '`id`',
    '$(id)',
    '$((1))',
    '*',
    '?',
    '[a]',
    '~',
    '{a,b}',
  ],
  ...[
    'a\nb',
    '\n',
    '\n\n',
    '\r\n',
    '\t',
    '!',
    '!!',
    '!x',
    '^a^b',
    '#',
    ';',
    '&',
    '|',
    '<',
    '>',
    '(',
    ')',
    '%',
    '=',
    '-oX',
    '--',
  ],
  ...[
    'ä€😀',
    '\u2028',
    '\u202e',
    '\u0001\u007f',
    '\u001b[0m',
    'f00dcafe',
    'f00dcafeb',
    ';f00dcafee0:;',
    'x'.repeat(4096),
  ],
];
const anyText = fc
  .oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' }))
  .filter(text => !text.includes('\0'));

describe('Behind a login shell', { timeout: 180_000 }, () => {
  for (const shell of shells) {
    it(`${shell}: every hostile text arrives as it is, as an argument and as a variable`, async () => {
      const marks = hostile.filter(text => !text.includes('f00dcafe'));
      const [ending] = await runBehind(shell, [
        command(marks, { environment: { TURBINE: marks.join('|') }, folder: '/' }),
      ]);
      assert.ok(ending !== undefined && !(ending instanceof Error));
      assert.deepEqual(JSON.parse(ending.stdout), [marks, marks.join('|'), '/']);
    });

    it(`${shell}: any texts do, of two tools at once`, async () => {
      const texts = fc.array(
        anyText.filter(text => !text.includes('f00dcafe')),
        { maxLength: 8 },
      );
      await fc.assert(
        fc.asyncProperty(texts, texts, async (a, b) => {
          const input = Buffer.from(b.join('\0'));
          const endings = await runBehind(shell, [
            command(a, { environment: { TURBINE: a.join('\n') } }),
            { ...command([]), tool: 'cat', argv: [], input },
          ]);
          const [first, second] = endings.map(ending =>
            ending instanceof Error ? assert.fail(ending) : ending.stdout,
          );
          assert.deepEqual(JSON.parse(first ?? '').slice(0, 2), [a, a.join('\n')]);
          assert.equal(second, input.toString());
        }),
        { numRuns: 12 },
      );
    });

    it(`${shell}: a text that is a program’s name, a folder’s or a folder’s on the PATH is no more than that`, async () => {
      const names = hostile.filter(text => text !== '' && !text.startsWith('-') && !text.includes('f00dcafe'));
      const endings = await runBehind(shell, [
        ...names.map(tool => command([], { tool: `no such ${tool}` })),
        ...names.map(name => command([], { folder: `/no such ${name}` })),
        ...names.map(name => command([], { tool: 'cat', environment: { PATH: `/no such ${name}` } })),
      ]);
      assert.deepEqual(
        endings.map(ending => ending instanceof Error && ending.missing),
        [...names.map(() => true), ...names.map(() => false), ...names.map(() => true)],
      );
    });
  }
});
