import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { settingPosition } from '../../../../src/ui/settings/settingPosition.ts';
import { shown } from '../vscodeStandIn.ts';

const { settingProblem } = await import('../../../../src/ui/settings/settingProblem.ts');

const setting = 'kext.build.command';
const file = '/p/settings.json';

describe('A setting in a settings file', () => {
  const place = (...lines: string[]) => settingPosition(lines.join('\n'), file, setting);

  it('is found by its line and column', () => {
    const found = place('{', '  "kext.target": "simulated",', '  "kext.build.command": "make"', '}');
    assert.deepEqual(found, { file, line: 3, column: 3, endColumn: 23 });
    assert.equal(place('{}'), undefined);
  });

  it('is none in a comment, and none as the value of another', () => {
    assert.equal(place('{', '// "kext.build.command": "make"', '}'), undefined);
    assert.equal(place('{', '/* "kext.build.command": "make" */', '}'), undefined);
    assert.equal(place('{ "url": "kext.build.command" }'), undefined);
    const below = [
      '/* "kext.build.command":',
      ' */ "at": "https://host", // "kext.build.command": 1',
      '"kext.build.command" : 7',
    ];
    assert.equal(place('{', ...below, '}')?.line, 4);
  });

  it('that stands there twice is the last one, as for VS Code', () => {
    assert.equal(place('{ "kext.build.command": [],', '"kext.build.command": "make" }')?.line, 2);
  });

  it('is found behind any other text and comment', () => {
    const text = fc.string().map(each => JSON.stringify(each));
    const line = fc.string().map(each => `// ${each.replaceAll(/[\r\n]/g, ' ')}\n`);
    const block = fc.string().map(each => `/* ${each.replaceAll('*/', '')} */`);
    fc.assert(
      fc.property(fc.array(fc.oneof(text, line, block)), before => {
        const whole = `{${before.join('')}\n"kext.build.command": "make" }`;
        assert.equal(settingPosition(whole, file, setting)?.line, whole.split('\n').length);
      }),
    );
  });
});

describe('A mistake in a setting', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-settings-'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'settings.json'), '{ "kext.build.command": "make" }');
    await writeFile(join(folder, 'all.code-workspace'), '{ "settings": {\n"kext.build.command": "make" } }');
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    shown.settings = { [setting]: 'make' };
    shown.written = {};
    shown.workspaceFile = undefined;
  });
  const placeOf = async () => (await settingProblem(setting, 'a mistake', folder)).position;
  const ofFolder = () => ({ file: join(folder, '.vscode', 'settings.json'), line: 1, column: 3, endColumn: 23 });

  it('stands where it is written: in the folder’s settings, or in the workspace file', async () => {
    shown.written = { workspaceFolderValue: 'make', workspaceValue: 'make' };
    assert.deepEqual(await placeOf(), ofFolder());
    shown.written = { workspaceValue: 'make' };
    assert.deepEqual(await placeOf(), ofFolder());
    shown.workspaceFile = join(folder, 'all.code-workspace');
    assert.deepEqual(await placeOf(), { file: shown.workspaceFile, line: 2, column: 1, endColumn: 21 });
  });

  it('has no place where it is the user’s own, whatever an untrusted workspace says', async () => {
    shown.written = { globalValue: 'make' };
    assert.equal(await placeOf(), undefined);
    shown.written = { globalValue: 'make', workspaceValue: ['ninja'], workspaceFolderValue: ['ninja'] };
    assert.equal(await placeOf(), undefined);
  });
});
