import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { autopsyText, verdictsText } from '../../../src/ui/problems/autopsyText.ts';
import { problemSource, problemText } from '../../../src/ui/problems/problemText.ts';
import { type KextView, stuckInstances, verdicts } from '../../../src/ui/session/kextView.ts';
import { statusText } from '../../../src/ui/status/statusText.ts';
import { stuckBadge } from '../../../src/ui/tree/stuckBadge.ts';
import type { TreeRow } from '../../../src/ui/tree/treeRow.ts';
import { treeRows } from '../../../src/ui/tree/treeRows.ts';
import { isGolden } from '../../support/golden.ts';
import { kext } from '../diagnosis/snapshots.ts';
import { heldByProcess, newUuid, oldUuid, own, running, simulated, states, turbine, verdict, view } from './views.ts';

function* everyRow(rows: readonly TreeRow[], depth = 0): Generator<readonly [TreeRow, number]> {
  for (const row of rows) {
    yield [row, depth];
    yield* everyRow(row.children ?? [], depth + 1);
  }
}

function rowText([row, depth]: readonly [TreeRow, number]): string {
  const colour = row.colour === undefined ? '' : ` [${row.colour}]`;
  return `${'  '.repeat(depth)}${row.icon} ${row.label}  ${row.description ?? ''}${colour}\n${'  '.repeat(depth)}  “${row.spoken}”`;
}

function stateText(name: string): string {
  const shown = states[name] ?? assert.fail(name);
  const status = statusText(shown);
  const badge = stuckBadge(shown);
  return [
    `== ${name}`,
    status === undefined
      ? 'no status item'
      : `${status.text}${status.colour === undefined ? '' : ` [${status.colour}]`} → ${status.command}\n  ${status.tooltip}\n  “${status.spoken}”`,
    ...(badge === undefined ? [] : [`badge ${badge.value}: ${badge.tooltip}`]),
    ...[...everyRow(treeRows(shown))].map(rowText),
    '',
  ].join('\n');
}

function ownRow(shown: KextView): TreeRow {
  return treeRows(shown).find(({ kext }) => kext === turbine) ?? assert.fail('no row');
}

describe('What the views say', () => {
  it('in each of their states is what was read and found good', () => {
    isGolden('views', Object.keys(states).map(stateText).join('\n'));
  });

  for (const [name, shown] of Object.entries(states)) {
    it(`${name}: every row has an id of its own and a sentence of its own words`, () => {
      const rows = [...everyRow(treeRows(shown))].map(([row]) => row);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
      for (const { spoken, label } of rows) {
        assert.ok(spoken.length >= label.length, spoken);
        assert.doesNotMatch(spoken, /\$\(|undefined|\n/);
      }
    });
  }

  it('of the target: its build and what it runs on, as far as it told them', () => {
    const shown = Object.values(states).find(({ snapshot }) => snapshot !== undefined) ?? assert.fail('no snapshot');
    const tooltipOf = (architecture?: string) => {
      const snapshot = shown.snapshot && { ...shown.snapshot, system: { ...shown.snapshot.system, architecture } };
      return treeRows({ ...shown, ...(snapshot && { snapshot }) }).find(({ id }) => id === 'target')?.tooltip ?? '';
    };
    assert.match(tooltipOf('x86_64'), /macOS 10\.15\.7 \(19H2026\), x86_64$/);
    assert.match(tooltipOf(), /macOS 10\.15\.7 \(19H2026\)$/);
  });

  it('of a restart agrees in tree, badge, status item and Problem', () => {
    const shown = states['refused, leaked'] ?? assert.fail();
    const kextRow = ownRow(shown);
    assert.match(kextRow.description ?? '', /^refused to unload · 2 instances · restart needed/);
    assert.match(statusText(shown)?.text ?? '', /restart needed/);
    assert.deepEqual(stuckBadge(shown), {
      value: 2,
      tooltip: '2 leaked instances: gone after a restart of the Simulated Mac',
    });
    assert.deepEqual([kextRow.colour, statusText(shown)?.colour], ['error', 'error']);
  });

  it('of a build that waits after a refusal says both, in the tree and in the status item', () => {
    const shown = states['waiting for a restart'] ?? assert.fail();
    assert.match(ownRow(shown).description ?? '', /^refused to unload · 1 instance · waiting for a restart · 1\.0 · /);
    assert.match(statusText(shown)?.text ?? '', /Turbine refused to unload, waits for a restart$/);
    // A narrow side bar cuts the row: its tooltip begins with the state.
    assert.match(ownRow(shown).tooltip ?? '', /^refused to unload · 1 instance · waiting for a restart\n/);
  });

  it('of a kext whose loaded binary is the built one: it runs; another one is told apart by the end of its UUID', () => {
    assert.equal(statusText(view())?.text, '$(check) Simulated Mac · Turbine 1.0 running · AAAA');
    const another = view({ own: { ...own, builtUuid: newUuid } });
    assert.equal(statusText(another)?.text, '$(chip) Simulated Mac · Turbine loaded, another build');
    const binary = ownRow(another).children?.find(({ label }) => label === 'Binary');
    assert.equal(binary?.description, 'loaded AAAA, built BBBB');
    assert.equal(oldUuid.slice(0, 8), newUuid.slice(0, 8));
    // A build with code for two processors has a UUID for each.
    const fat = view({ own: { ...own, builtUuid: newUuid, builtUuids: [newUuid, oldUuid] } });
    assert.equal(statusText(fat)?.text, '$(check) Simulated Mac · Turbine 1.0 running · AAAA');
  });

  it('of a target that is read for the first time claims nothing of the kext', () => {
    assert.doesNotMatch(statusText(states.reading ?? assert.fail())?.text ?? '', /loaded/);
  });

  it('of a mistake in the project, and of a target that could not be read, holds the reason', () => {
    const mistake = statusText(view({ own: undefined }), 'Info.plist: no CFBundleIdentifier');
    assert.deepEqual([mistake?.tooltip, mistake?.colour], ['Info.plist: no CFBundleIdentifier', 'error']);
    const unread = statusText(states['not read'] ?? assert.fail(), 'clang++ was not found.');
    assert.match(unread?.tooltip ?? '', /^clang\+\+ was not found\./);
  });

  it('of instances that may be kept by a held one accuses nobody: a warning, and no leak on the badge', () => {
    const shown = states['refused, leaked or kept by what is held'] ?? assert.fail();
    const rotor = ownRow(shown).children?.find(({ label }) => label === 'Rotor');
    assert.deepEqual([rotor?.description, rotor?.colour], ['1 may be leaked', 'warning']);
    assert.deepEqual(stuckBadge(shown)?.tooltip, '1 held instance: gone after a restart of the Simulated Mac');
    assert.match(ownRow(shown).description ?? '', /· 2 instances ·/);
    assert.equal(ownRow(shown).colour, 'warning');
  });

  it('of one’s own kext begins with its short name and its state; the whole name comes first where another ends alike', () => {
    assert.deepEqual([ownRow(view()).label, ownRow(view()).description], ['Turbine', `loaded · 1.0 · ${turbine}`]);
    const alike = view({ snapshot: { ...running, kexts: [...running.kexts, kext('net.other.Turbine')] } });
    assert.deepEqual([ownRow(alike).label, ownRow(alike).description], [turbine, 'loaded · 1.0']);
  });

  it('of a class that is cut in a narrow side bar stands in its tooltip, with what was found of it', () => {
    const rows = ownRow(view({ diagnoses: [heldByProcess] })).children ?? [];
    const tooltips = rows.filter(({ className }) => className !== undefined).map(({ tooltip }) => tooltip);
    assert.deepEqual(tooltips, ['Turbine: 1 held by turbinectl (pid 587)\nTurbine is held.', 'Rotor: 1 live']);
  });

  it('of a loaded kext keeps the ids of its rows over a reload, and opens the row that was empty', () => {
    const ids = (name: string) => [...everyRow(treeRows(states[name] ?? assert.fail()))].map(([{ id }]) => id);
    assert.deepEqual(ids('running'), ids('another build loaded'));
    assert.ok(!ids('running').includes(`kext:${turbine}`) || !ids('not loaded').includes(`kext:${turbine}`));
  });
});

describe('Leaked and held instances', () => {
  it('are counted by class, and those that are no error are not', () => {
    const diagnoses = [
      verdict({ instances: 3 }),
      { ...heldByProcess, instances: 2 },
      verdict({ class: 'Base', verdict: 'subclass' }),
    ];
    assert.deepEqual(stuckInstances(view({ diagnoses })), { leaked: 3, held: 2, perhaps: 0 });
    assert.deepEqual([...verdicts(view({ diagnoses })).keys()], ['Rotor', 'Turbine', 'Base']);
    assert.equal(stuckBadge(view()), undefined);
  });

  it('of one class are counted once, by the newest verdict', () => {
    assert.deepEqual(stuckInstances(view({ diagnoses: [verdict({ instances: 3 }), verdict({ instances: 1 })] })), {
      leaked: 1,
      held: 0,
      perhaps: 0,
    });
  });
});

describe('A Problem', () => {
  it('says what is wrong, what to do, and on what it rests', () => {
    assert.equal(
      problemText(verdict({})),
      '1 instance of Rotor is leaked.\nNext: Find the retain().\nEvidence:\n  ioclasscount: Rotor = 1',
    );
  });

  it('shows where each ground is; a compiler’s notes stand beside it', () => {
    const position = { file: '/p/Turbine.cpp', line: 12, column: 1 };
    const evidence = [{ text: 'Turbine::start()', position }, { text: 'kernel' }];
    assert.match(
      problemText(verdict({ about: 'load', evidence })),
      /\n {2}Turbine::start\(\) \(Turbine\.cpp:12\)\n {2}kernel$/,
    );
    assert.equal(
      problemText(verdict({ about: 'build', evidence: evidence.slice(0, 1), remedy: '' })),
      '1 instance of Rotor is leaked.',
    );
  });

  it('names a simulated target as such', () => {
    assert.match(problemSource(simulated), /Simulated$/);
    assert.ok(problemSource(undefined).length > 0);
  });
});

describe('An autopsy to be sent', () => {
  it('has every finding with its place, its grounds and the next step', () => {
    const anchor = { file: '/p/Rotor.hpp', line: 7, column: 7 };
    assert.equal(
      autopsyText([verdict({ anchor }), verdict({ severity: 'warning', remedy: '', evidence: [] })]),
      'error: 1 instance of Rotor is leaked. (/p/Rotor.hpp:7)\n  - ioclasscount: Rotor = 1\n  Next: Find the retain().\n\nwarning: 1 instance of Rotor is leaked.',
    );
  });

  it('in one breath: the errors alone', () => {
    const all = [
      heldByProcess,
      verdict({ instances: 2 }),
      verdict({ class: 'A', verdict: 'both' }),
      verdict({ class: 'P', certainty: 'possible' }),
      verdict({ class: 'B', verdict: 'unknown' }),
      verdict({ class: 'C', verdict: 'subclass', severity: 'information' }),
    ];
    assert.equal(
      verdictsText(all),
      'Turbine is held by turbinectl (pid 587), Rotor is leaked (2), A is held and leaked, P is leaked, or kept by what is held, B is in use',
    );
    assert.equal(verdictsText([]), '');
  });
});
