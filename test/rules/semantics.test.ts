import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { repositoryFolder } from '../support/repository.ts';
import { readSources } from './sources.ts';

/** The numbered rules of SEMANTICS.md's sections on counts, unload and termination. */
const sections: Readonly<Record<string, number>> = { '1': 10, '3': 9, '5': 6 };

const rules = Object.entries(sections).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
);

/** `§3.5a` counts for rule 3.5. */
async function testedRules(): Promise<ReadonlySet<string>> {
  const files = await readSources('test/simulated/semantics', '.test.ts');
  const titles = [...files.values()].flatMap(text => [...text.matchAll(/\bit\('§(\d+\.\d+)/g)]);
  return new Set(titles.map(([, rule = '']) => rule));
}

describe('the rules by which a kernel counts, unloads and terminates', () => {
  it('each has a test on the Simulated Mac that names it', async () => {
    const tested = await testedRules();
    assert.deepEqual(
      rules.filter(rule => !tested.has(rule)),
      [],
    );
  });

  it('are as many as the knowledge has, where it is at hand', async t => {
    const file = join(repositoryFolder, '..', 'shared', 'knowledge', 'SEMANTICS.md');
    if (!existsSync(file)) return t.diagnostic('no knowledge beside this checkout');
    const text = await readFile(file, 'utf8');
    for (const [section, count] of Object.entries(sections)) {
      const body = text.split(/^## /m).find(each => each.startsWith(`${section}. `));
      assert.equal(body?.match(/\n\d+\. /g)?.length, count, `§${section}`);
    }
  });
});
