import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { before, it } from 'node:test';
import { buildWhenStale } from '../support/bundles.ts';
import { isGolden } from '../support/golden.ts';
import { repositoryFolder } from '../support/repository.ts';
import { prepareKernel } from '../support/simulatedBench.ts';

before(async () => {
  await prepareKernel();
  await buildWhenStale();
});

it('npm run demo tells the story that was read and found good, and leaves nothing behind', {
  timeout: 120_000,
}, async t => {
  const scratch = mkdtempSync(join(tmpdir(), 'kext-dev-demo-test-'));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const child = spawn(process.execPath, [join(repositoryFolder, 'test', 'support', 'demo.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: scratch },
  });
  const ended = new Promise(resolve => child.once('close', resolve));
  const told = await text(child.stdout);
  assert.equal(await ended, 0);
  const uuids = [...new Set(told.match(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g))];
  assert.equal(uuids.length, 3);
  isGolden(
    'demo',
    uuids.reduce((all, uuid, at) => all.replaceAll(uuid, `UUID-${at + 1}`), told),
  );
  assert.ok(told.split('\n').length <= 150);
  assert.deepEqual(readdirSync(scratch), []);
});
