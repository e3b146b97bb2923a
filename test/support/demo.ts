import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { ensureTools } from './debianPackages.ts';
import { demoEdits } from './demoEdits.ts';
import type { DemoEdit } from './editDemo.ts';
import { holdEdits } from './holdEdits.ts';
import { demoNames, readDemo, writeDemo } from './renamedDemo.ts';
import { CannotGoOn, runScript } from './runScript.ts';
import { stopped } from './stopped.ts';
import { kextDev } from './terminal.ts';
import { editedLines } from './textDiff.ts';

/*
 * `npm run demo`: one kext from its first load over a refused unload to a clean one, as one transcript. The commands are
 * those that the demo's own folder takes; only the Simulated Mac's state is kept apart, so that nothing stays behind.
 */
await runScript(async () => {
  await ensureTools(['clang', 'lld', 'llvm', 'make']);
  await buildWhenStale();
  await using cleanup = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-story-'));
  cleanup.defer(() => rm(scratch, { recursive: true, force: true }));
  const stop = new AbortController();
  stopped().then(() => stop.abort());
  const stage = {
    folder: join(scratch, 'kext'),
    state: join(scratch, 'state'),
    signal: stop.signal,
    shown: new Set<string>(),
  };
  await tell(stage).catch(error => {
    if (!stop.signal.aborted) throw error;
  });
  return stop.signal.aborted ? 130 : 0;
});

interface Stage {
  readonly folder: string;
  readonly state: string;
  readonly signal: AbortSignal;
  /** The lines that were shown already. */
  readonly shown: Set<string>;
}

async function tell(stage: Stage): Promise<void> {
  const files = await readDemo();
  const { bundleIdentifier, driver, userClient, engine, process: user, staying } = demoNames(files);
  const run = (command: string, status: number) => type(stage, command, status);
  await writeDemo(files, stage.folder);

  say(`${bundleIdentifier} is a kext, a kernel extension of macOS: its service ${driver} owns a ${engine}, and
processes such as ${user} reach it through a ${userClient}. No Mac is needed: the Simulated Mac is
a kernel in user space that runs the driver's own code and answers as macOS 10.15 does.`);
  say('1. Load it. It is built, copied and loaded, and its UUID proves that this build is what runs.');
  await run('reload', 0);
  await run('status', 0);
  say(`2. Use it. The process ${user} opens the driver, calls it, closes it and exits.`);
  await run('exercise', 0);
  say(`3. Reload it, as after any edit. A kext can leave the kernel only when none of its objects is alive,
and the old build has one left. Kext Dev says of which class, and whether it is held or leaked.`);
  await run('reload', 1);
  say(`4. Mend it. ${user} has exited, so nobody uses that ${engine} any more: a retain() has no release().
It is the one in start() of ${userClient}; what start() takes, stop() has to give back.`);
  const released = mended(files, demoEdits);
  await writeDemo(released, stage.folder);
  say('5. Reload it. The mended build is ready, but only a restart clears a refused unload.');
  await run('reload', 0);
  say('6. Restart, and reload: the mended build is what runs.');
  await run('restart', 0);
  await run('reload', 0);
  say('7. The proof: use it again, and unload it. Now the kernel lets it go.');
  await run('exercise', 0);
  await run('unload', 0);
  await run('status', 0);
  say(`8. The other way to get stuck. The process ${staying} reserves the driver and runs on: nothing is leaked,
somebody holds it.`);
  await run('reload', 0);
  await run(`exercise ${staying}`, 0);
  await run('unload', 1);
  say(`9. Quitting ${staying} before the unload would do; a driver that lets go by itself is better. The provider
goes, and asks its clients to close: ${userClient} has to.`);
  await writeDemo(mended(released, holdEdits), stage.folder);
  await run('restart', 0);
  await run('reload', 0);
  await run(`exercise ${staying}`, 0);
  await run('unload', 0);
}

/** The cure that a developer would think of first; its lines are shown. */
function mended(files: ReadonlyMap<string, string>, edits: readonly DemoEdit[]): ReadonlyMap<string, string> {
  const edit = edits.find(({ cures }) => cures);
  if (edit === undefined) throw new CannotGoOn('No edit of the demo mends it.');
  const edited = edit.apply(files);
  for (const [name, text] of edited) {
    const before = files.get(name) ?? '';
    if (before !== text)
      console.log(
        `\n  ${name}\n${editedLines(before, text, 2)
          .map(line => `  ${line}`)
          .join('\n')}`,
      );
  }
  return edited;
}

function say(text: string): void {
  console.log(`\n${text}`);
}

/** Shows a command as one would type it in the kext's folder, and what it said. Ends the demo where it ends otherwise than told. */
async function type({ folder, state, signal, shown }: Stage, command: string, expected: number): Promise<void> {
  console.log(`\n$ kext-dev ${command} --target simulated`);
  const argv = [...command.split(' '), '--target', 'simulated', '--project', folder, '--state', state];
  const { status, stdout, stderr } = await kextDev(argv, { signal });
  signal.throwIfAborted();
  console.log(withoutRepetition(stdout.trimEnd().split('\n'), shown).join('\n'));
  if (status !== expected)
    throw new CannotGoOn(`${stderr}The demo expected exit status ${expected} here, not ${status}.`);
}

/** Several lines in a row that were shown before are told by one. */
function withoutRepetition(lines: readonly string[], shown: Set<string>): readonly string[] {
  const told: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && shown.has(lines[end] ?? '')) end += 1;
    if (end - at > 2) told.push(`    (the same ${end - at} lines as above)`);
    else told.push(...lines.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  for (const line of lines) shown.add(line);
  return told;
}
