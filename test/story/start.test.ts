import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { repositoryFolder } from '../support/repository.ts';

async function start(...argv: readonly string[]): Promise<{ status: number | null; said: string }> {
  const script = join(repositoryFolder, 'test', 'support', 'start.ts');
  const child = spawn(process.execPath, [script, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  return { status, said };
}

describe('npm start', () => {
  it('packages the extension, installs it in VS Code, and it comes up on the demo with the Simulated Mac', async () => {
    const { status, said } = await start('--check');
    assert.match(said, /^VS Code and the extension came up: Kext Dev: Simulated Mac · /m);
    assert.equal(status, 0);
  });
});
