import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFolder } from './repository.ts';

/**
 * The text is what `test/golden/NAME.txt` holds. UPDATE_GOLDEN=1 writes the file instead: read what it wrote. A file that is
 * missing is a failure, so no golden text comes to be unseen.
 */
export function isGolden(name: string, text: string): void {
  const file = join(repositoryFolder, 'test', 'golden', `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `${file} is missing: write it with UPDATE_GOLDEN=1 and read it`);
  assert.equal(text, readFileSync(file, 'utf8'));
}
