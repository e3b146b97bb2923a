import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildRows } from '../../../../src/ui/commands/buildRows.ts';
import { kextPlace } from '../../../../src/ui/session/kextPlace.ts';
import { nothingKnown } from '../../../../src/ui/session/kextView.ts';
import { statusText } from '../../../../src/ui/status/statusText.ts';
import { statusTooltip } from '../../../../src/ui/status/statusTooltip.ts';
import { own, simulated } from '../views.ts';

const options = { schemes: ['All'], configurations: ['Debug', 'Release'], architectures: ['x86_64', 'arm64e'] };
const build = { scheme: undefined, configuration: 'Debug', architecture: 'x86_64' };

describe('The list that asks how Xcode builds', () => {
  const rows = buildRows(options, build, { configuration: 'Debug', architecture: 'x86_64' });

  it('has the choices of each kind, which each says, with a mark at what is built and a line between the kinds', () => {
    assert.deepEqual(
      rows.map(({ label, description, icon, choice }) =>
        choice === undefined ? `${label}-` : `${icon === 'check' ? '*' : ' '} ${label} (${description})`,
      ),
      [
        '* No scheme: the target alone (Scheme)',
        '  All (Scheme)',
        '-',
        '* Debug (Configuration)',
        '  Release (Configuration)',
        '-',
        '  As the project says (Architecture)',
        '* x86_64 (Architecture)',
        '  arm64e (Architecture)',
      ],
    );
  });

  it('changes one thing and keeps what was said of the others', () => {
    const chosen = (label: string) => rows.find(row => row.label === label)?.choice;
    assert.deepEqual(chosen('Release'), { configuration: 'Release', architecture: 'x86_64' });
    assert.deepEqual(chosen('As the project says'), { configuration: 'Debug', architecture: undefined });
  });
});

describe('A kext of an Xcode project', () => {
  const xcode = {
    ...build,
    projectFile: '/p/Pump.xcodeproj',
    target: 'Pump',
    product: undefined,
    productName: undefined,
  };
  const tooltip = (told: { builds: boolean; scheme?: string }) => {
    const view = { ...nothingKnown, own: { ...own, xcode: { ...xcode, ...told } }, target: simulated };
    const status = statusText(view);
    return status === undefined ? assert.fail() : statusTooltip(view, status);
  };

  it('has target or scheme, configuration and architecture in the status item', () => {
    const { lines, links } = tooltip({ builds: true });
    assert.ok(lines.includes('Built by Xcode: target Pump, Debug, x86_64'), lines.join('\n'));
    assert.ok(links.some(({ command }) => command === 'kext.selectBuild'));
    assert.ok(tooltip({ builds: true, scheme: 'All' }).lines.includes('Built by Xcode: scheme All, Debug, x86_64'));
  });

  it('has none of it where another command builds it', () => {
    const { lines, links } = tooltip({ builds: false });
    assert.ok(lines.every(line => !line.includes('Xcode')));
    assert.ok(links.every(({ command }) => command !== 'kext.selectBuild'));
  });

  it('is listed with its target, and with the kext that carries it', () => {
    const found = {
      root: '/p',
      infoPlist: { file: '/p/Valve/Info.plist' },
      xcode: { build: { projectFile: '/p/Pump.xcodeproj', target: 'Valve' }, insideOf: ['Pump'] },
    };
    assert.equal(kextPlace(found), 'Valve/Info.plist, target Valve of Pump.xcodeproj, plug-in of Pump');
    assert.equal(kextPlace({ ...found, xcode: undefined }), 'Valve/Info.plist');
  });
});
