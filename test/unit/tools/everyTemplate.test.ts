import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadFailureTemplates, loadProgressTemplates } from '../../../src/tools/kext/loadText.ts';
import { unloadTemplates } from '../../../src/tools/kextunload.ts';
import { collectionTemplates } from '../../../src/tools/messages/collectionTemplates.ts';
import { kernelAutounloadTemplates } from '../../../src/tools/messages/kernelAutounloadTemplates.ts';
import { kernelLinkTemplates } from '../../../src/tools/messages/kernelLinkTemplates.ts';
import { kernelLoadTemplates } from '../../../src/tools/messages/kernelLoadTemplates.ts';
import { kernelProgressTemplates } from '../../../src/tools/messages/kernelProgressTemplates.ts';
import { kernelServiceTemplates } from '../../../src/tools/messages/kernelServiceTemplates.ts';
import { kernelNoticeTemplates, kernelTroubleTemplates } from '../../../src/tools/messages/kernelTroubleTemplates.ts';
import { kernelUnloadTemplates } from '../../../src/tools/messages/kernelUnloadTemplates.ts';
import { kextcacheProgressTemplates } from '../../../src/tools/messages/kextcacheProgressTemplates.ts';
import { kextcacheTemplates } from '../../../src/tools/messages/kextcacheTemplates.ts';
import { kextcacheTroubleTemplates } from '../../../src/tools/messages/kextcacheTroubleTemplates.ts';
import {
  kextdNoticeTemplates,
  kextdProgressTemplates,
  kextdTemplates,
} from '../../../src/tools/messages/kextdTemplates.ts';
import { kextLibraryProgressTemplates } from '../../../src/tools/messages/kextLibraryProgressTemplates.ts';
import { kextlibsTemplates } from '../../../src/tools/messages/kextlibsTemplates.ts';
import { kextNoticeTemplates, kextTroubleTemplates } from '../../../src/tools/messages/kextTroubleTemplates.ts';
import { kmutilTemplates } from '../../../src/tools/messages/kmutilTemplates.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { type LineTemplates, lineReader } from '../../../src/tools/text/lineTemplates.ts';

/** A line of that template. */
function printed(template: string): string {
  const values: Readonly<Record<string, string>> = {
    error: '(libkern/kext) link error',
    kext: 'org.sample.driver.Turbine',
  };
  return template.replaceAll(/\{([\w*]+)(?::(\w+))?\}/g, (_, name: string, type?: string) => {
    if (type !== undefined) return type === 'd' ? '3' : '0x5';
    return name === '*' ? '501' : (values[name] ?? '/Library/Extensions/My Turbine.kext');
  });
}

function read(tool: string, line: string) {
  return parsers[tool]?.(line) ?? assert.fail(tool);
}

const linesOf = (table: LineTemplates) =>
  Object.entries(table).flatMap(([kind, all]) => all.map(each => [kind, printed(each)] as const));

const ofKextTools = ['kextload', 'kextutil', 'kextcache', 'kmutil'];

describe('What a tool tells of its work with -v', () => {
  for (const [, line] of linesOf(kextLibraryProgressTemplates))
    it(`is no failure of a load or an unload: ${line}`, () => {
      for (const tool of [...ofKextTools, 'kextunload'])
        assert.deepEqual(read(tool, line).notices, [line], `${tool}: ${JSON.stringify(read(tool, line).records)}`);
    });

  for (const [, line] of linesOf(kextdProgressTemplates))
    it(`nor is what the daemon tells: ${line}`, () => {
      for (const tool of ['kextload', 'kextutil', 'kmutil']) assert.deepEqual(read(tool, line).notices, [line], tool);
    });

  for (const [, line] of linesOf(kextcacheProgressTemplates))
    it(`nor what kextcache tells: ${line}`, () => assert.deepEqual(read('kextcache', line).notices, [line]));

  for (const [, line] of linesOf(kernelProgressTemplates))
    it(`is none of the kernel’s either: ${line}`, () => {
      for (const tool of [...ofKextTools, 'kextunload'])
        assert.deepEqual(read(tool, `(kernel) ${line}`).notices, [`(kernel) ${line}`], tool);
    });
});

describe('What goes wrong', () => {
  const ofLoads = [kextTroubleTemplates, kextNoticeTemplates, kextdTemplates, kextdNoticeTemplates];
  for (const [kind, line] of ofLoads.flatMap(linesOf))
    it(`before a load comes to the kernel is understood: ${line}`, () => {
      for (const tool of ofKextTools)
        assert.partialDeepStrictEqual(read(tool, line).records, [{ kind, by: 'tool', text: line }], tool);
    });

  for (const [kind, line] of [...linesOf(kernelTroubleTemplates), ...linesOf(kernelNoticeTemplates)])
    it(`in the kernel is understood, relayed or in its log: ${line}`, () => {
      for (const tool of [...ofKextTools, 'kextunload'])
        assert.partialDeepStrictEqual(read(tool, `(kernel) ${line}`).records, [{ kind, by: 'kernel' }], tool);
      const [event] = read('kernel-log', `kernel[0]: ${line}`).records;
      assert.partialDeepStrictEqual(event, { facts: [{ kind }] });
    });

  it('with a cache of kexts is understood, whatever it is', () => {
    for (const [, line] of [kextcacheTemplates, kextcacheTroubleTemplates].flatMap(linesOf)) {
      const { records, notices, notUnderstood } = read('kextcache', line);
      assert.deepEqual([records.length + notices.length, notUnderstood], [1, []], line);
    }
  });
});

describe('Each template', () => {
  const tables = {
    collectionTemplates,
    kernelAutounloadTemplates,
    kernelLinkTemplates,
    kernelLoadTemplates,
    kernelProgressTemplates,
    kernelServiceTemplates,
    kernelUnloadTemplates,
    kextcacheProgressTemplates,
    kextcacheSaid: { ...kextcacheTroubleTemplates, ...kextcacheTemplates },
    kextdProgressTemplates,
    kextLibraryProgressTemplates,
    kextlibsTemplates,
    kmutilTemplates,
    loadFailureTemplates,
    loadProgressTemplates,
    unloadTemplates,
  };
  for (const [name, table] of Object.entries(tables) as [string, LineTemplates][])
    it(`of ${name} reads its own lines: none before it takes them all`, () => {
      const all = Object.values(table).flat();
      const read = lineReader(Object.fromEntries(all.map((template, at) => [`no. ${at}`, [template]])));
      const taken = all.flatMap((template, at) => {
        const { kind = '' } = read(printed(template)) ?? {};
        return kind === `no. ${at}` ? [] : [[template, all[Number(kind.slice(4))]]];
      });
      assert.deepEqual(taken, []);
    });
});
