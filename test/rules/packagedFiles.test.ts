import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { buildWhenStale } from '../support/bundles.ts';
import { packagedFiles } from '../support/packageExtension.ts';

/** What ships: files by name, folders by the kinds of files that they may hold. */
const files = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension/extension.mjs',
  'dist/cli.mjs',
];
const folders: readonly RegExp[] = [
  /^dist\/extension\/part-[A-Z0-9]+\.mjs$/,
  /^media\/[\w-]+\.(svg|png)$/,
  /^media\/(causes|failures)\/[A-Za-z]+\.md$/,
  /^media\/l10n\/bundle\.l10n\.json$/,
  /^media\/screenshots\/[\w-]+\.png$/,
  /^media\/walkthrough\/[\w-]+\.(md|svg|png)$/,
  /^media\/demo-kext\/(Makefile|Info\.plist|[\w.-]+\.(cpp|hpp|c|h|json|md))$/,
  /^media\/simulated-mac\/(Makefile|README\.md|twin\.mk)$/,
  /^media\/simulated-mac\/(include|runtime|twin)\/[\w/+-]+\.(cpp|h|c|S|s|ld|map|sh)$/,
];

describe('the package', () => {
  let packaged: string[] = [];

  before(async () => {
    await buildWhenStale();
    packaged = await packagedFiles();
  });

  it('has what runs, what is read, and the licence', () => {
    assert.deepEqual(
      files.filter(file => !packaged.includes(file)),
      [],
    );
    for (const folder of [
      'media/demo-kext/Makefile',
      'media/simulated-mac/Makefile',
      'media/kext.svg',
      'media/causes/leaked.md',
      'media/failures/unload.md',
    ])
      assert.ok(packaged.includes(folder), folder);
  });

  it('has nothing else: no source, no test, no product of a build', () => {
    const others = packaged.filter(file => !files.includes(file) && !folders.some(pattern => pattern.test(file)));
    assert.deepEqual(others, []);
  });
});
