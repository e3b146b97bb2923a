import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandIds } from '../../src/ui/commands/commandIds.ts';
import { contextOf } from '../../src/ui/tree/contextValues.ts';
import { readManifest } from '../support/manifest.ts';
import { repositoryFolder } from '../support/repository.ts';
import { view } from '../unit/ui/views.ts';
import { readSources } from './sources.ts';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, SettingOfManifest>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

interface Step {
  readonly id: string;
  readonly completionEvents: readonly string[];
}

interface SettingOfManifest {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

const text = await readFile(join(repositoryFolder, 'package.json'), 'utf8');
const manifest = await readManifest<Manifest>();
const welcome = JSON.stringify(manifest.contributes);
const { commands, configuration, menus, views } = manifest.contributes;
const code = [...(await readSources('src', '.ts'))];
const everywhere = code.map(([, content]) => content).join('\n');

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].toSorted();
}

function matches(content: string, pattern: RegExp): string[] {
  return [...content.matchAll(pattern)].map(match => match[1] ?? '');
}

/** `when` and `enablement` clauses and what ends a step of the walkthrough, without what they compare with. */
function clauses(): string[] {
  return matches(text, /"(?:(?:when|enablement)":\s*"|onContext:)([^"]*)"/g).map(clause =>
    clause.replace(/[!=]=\s*\S+|=~\s*\S+/g, ''),
  );
}

function whenOf(command: string): string {
  return menus.commandPalette.find(each => each.command === command)?.when ?? assert.fail(command);
}

describe('the manifest and the code agree', () => {
  it('on the commands, each of which has a title and the category Kext Dev', () => {
    assert.deepEqual(sorted(commands.map(({ command }) => command)), sorted(commandIds));
    assert.equal(new Set(commandIds).size, commandIds.length);
    for (const { command, title, category } of commands) {
      assert.equal(category, 'Kext Dev', command);
      assert.match(title, /^[A-Z][^.]*$/, command);
    }
  });

  it('on the commands that menus, links and welcome texts run', () => {
    const run = [...matches(text, /"command":\s*"([^"]+)"/g), ...matches(welcome, /\(command:([^)?]+)/g)];
    const own = sorted(run.filter(id => id.startsWith('kext.')));
    assert.deepEqual(own, sorted(commandIds));
  });

  it('on the settings', () => {
    const read = code
      .filter(([, content]) => /getConfiguration\('kext'|WorkspaceConfiguration/.test(content))
      .flatMap(([, content]) => matches(content, /\.(?:get|inspect|has)(?:<[^(]*>)?\(\s*'([\w.]+)'/g));
    assert.deepEqual(sorted(read.map(name => `kext.${name}`)), sorted(Object.keys(configuration.properties)));
  });

  it('on the settings of a workspace that count only once it is trusted: each that names a program, a target or a place', () => {
    const risky = Object.keys(configuration.properties).filter(name =>
      /command|program|tool|target|host|path|folder/i.test(name),
    );
    assert.deepEqual(sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations), sorted(risky));
  });

  it('on the settings’ words: each has a sentence and a scope', () => {
    for (const [name, setting] of Object.entries(configuration.properties)) {
      assert.match(setting.markdownDescription ?? setting.description ?? '', /^[A-Z].*\.$/s, name);
      assert.notEqual(setting.scope, undefined, name);
    }
  });

  it('on the context keys', () => {
    const asked = sorted(clauses().flatMap(clause => matches(clause, /\b(kext\.[\w.]+)/g)));
    const told = Object.keys(contextOf({ view: view(), emptyReason: 'ready', isTargetSelected: false }, {}));
    const set = [...told, ...matches(everywhere, /'setContext', '(kext\.[\w.]+)'/g)];
    assert.deepEqual(
      asked.filter(key => !set.includes(key)),
      [],
    );
  });

  it('on settings that a folder may have: they are read for a folder', () => {
    const window = code.flatMap(([, content]) =>
      matches(content, /getConfiguration\('kext'\)\s*\.get(?:<[^(]*>)?\(\s*'([\w.]+)'/g),
    );
    assert.ok(window.length > 0);
    for (const name of window)
      assert.match(configuration.properties[`kext.${name}`]?.scope ?? '', /^(window|machine)$/, name);
  });

  it('on the commands that need a target: the palette has them only where there is one', () => {
    for (const name of [
      'reload',
      'build',
      'install',
      'load',
      'uninstall',
      'showReloadPlan',
      'showShelf',
      'findStaleCopies',
    ])
      assert.match(whenOf(`kext.${name}`), /\bkext\.operable\b/, name);
    for (const name of ['simulated.exercise', 'simulated.exerciseAs', 'simulated.quit', 'unload'])
      assert.match(whenOf(`kext.${name}`), /(?<!!)\bkext\.loaded\b/, name);
  });

  it('on the views', () => {
    const contributed = Object.values(views).flatMap(all => all.map(({ id }) => id));
    const made = matches(everywhere, /(?:createTreeView|registerTreeDataProvider)\('([^']+)'/g);
    assert.deepEqual(sorted(made), sorted(contributed));
  });
});

describe('The walkthrough', () => {
  const steps = manifest.contributes.walkthroughs.flatMap(each => each.steps);

  it('leads from the demo over a target and the doctor to one’s own project', () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['demo', 'reload', 'use', 'autopsy', 'fix', 'unload', 'target', 'doctor', 'own'],
    );
  });

  it('calls a step done by what has come about, and knows the demo by its identifier', async () => {
    const plist = await readFile(join(repositoryFolder, 'media', 'demo-kext', 'Info.plist'), 'utf8');
    const demo = /<key>CFBundleIdentifier<\/key>\s*<string>([^<]+)/.exec(plist)?.[1] ?? assert.fail(plist);
    for (const { id, completionEvents } of steps) {
      const [event = '', ...more] = completionEvents;
      assert.deepEqual([more, event.replace(/:.*/, '')], [[], 'onContext'], id);
      for (const name of matches(event, /kext\.bundle [!=]= '([^']*)'/g)) assert.equal(name, demo, id);
    }
    for (const { id, completionEvents } of steps.slice(0, 6)) assert.ok(completionEvents[0]?.includes(demo), id);
  });
});

describe('the extension wakes up', () => {
  it('for a kext project alone: no event that every window has, no search of the whole tree', () => {
    for (const event of manifest.activationEvents)
      assert.match(
        event,
        /^workspaceContains:(\*\/){0,3}(\*\.(?:xcodeproj|xcworkspace)\/)?(?!\*?$)[^*/]*(?:\*[^*/]+)*\*?$/,
        event,
      );
  });
});
