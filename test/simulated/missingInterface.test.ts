import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { type DemoFiles, demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { withStatement } from './badDrivers.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

/** The findings of the build, and the sentence that says what it means. */
async function built(changed: DemoFiles): Promise<{ readonly errors: readonly string[]; readonly told: Diagnosis }> {
  let result: { readonly errors: readonly string[]; readonly told: Diagnosis } | undefined;
  await withBench(changed, async bench => {
    const { outcome, diagnoses } = await bench.reload();
    assert.equal(outcome, 'failed');
    const [told, ...more] = diagnoses.filter(({ cause }) => cause === 'notRunHere');
    assert.ok(told !== undefined);
    assert.deepEqual(more, []);
    const errors = diagnoses.filter(({ severity }) => severity === 'error');
    const shown = errors.map(({ message, anchor }) => {
      const file = anchor?.file ?? '';
      assert.ok(file.startsWith(join(bench.project, '/')), file);
      return `${file.slice(bench.project.length + 1)}:${anchor?.line}: ${message}`;
    });
    result = { errors: shown.sort(), told };
  });
  assert.ok(result !== undefined);
  return result;
}

function including(owner: 'driver' | 'userClient', ...headers: readonly string[]): DemoFiles {
  const file = withStatement(files, owner, 'start', '').file;
  const lines = headers.map(header => `#include <${header}>\n`).join('');
  return new Map(files).set(file, `${lines}${files.get(file)}`);
}

describe('A driver that uses what the Simulated Mac has not', () => {
  it('has every missing header named, in all files, each on its line', async () => {
    const headers = ['IOKit/usb/IOUSBHostDevice.h', 'IOKit/pci/IOPCIDevice.h'];
    const changed = new Map(including('driver', ...headers));
    const other = including('userClient', 'sys/kern_control.h');
    for (const [file, text] of other) if (text !== files.get(file)) changed.set(file, text);
    const { errors, told } = await built(changed);
    const driver = withStatement(files, 'driver', 'start', '').file;
    const client = withStatement(files, 'userClient', 'start', '').file;
    assert.deepEqual(
      errors,
      [
        `${driver}:1: 'IOKit/usb/IOUSBHostDevice.h' file not found`,
        `${driver}:2: 'IOKit/pci/IOPCIDevice.h' file not found`,
        `${client}:1: 'sys/kern_control.h' file not found`,
      ].sort(),
    );
    assert.equal(told.severity, 'information');
    assert.equal(
      told.message,
      `${names.bundleIdentifier} is not run here: says nothing about leaks. The Simulated Mac lacks 3 names of the kernel that it uses.`,
    );
    assert.deepEqual(told.evidence.map(({ text }) => text).sort(), [...headers, 'sys/kern_control.h'].sort());
  });

  it('has every missing member and function named, each on its line', async () => {
    const statements = 'joinPMtree(this); setIdleTimerPeriod(30); IOMapPages(1); lck_spin_sleep(nullptr);';
    const bad = withStatement(files, 'driver', 'start', statements);
    const { errors, told } = await built(bad.files);
    const missing = ['joinPMtree', 'setIdleTimerPeriod', 'IOMapPages', 'lck_spin_sleep'];
    assert.deepEqual(
      errors.map(text => text.split(': ')[0]),
      missing.map(() => `${bad.file}:${bad.line}`),
    );
    for (const name of missing)
      assert.ok(
        errors.some(text => text.endsWith(`use of undeclared identifier '${name}'`)),
        errors.join('\n'),
      );
    assert.deepEqual(told.evidence.map(({ text }) => text).sort(), missing.toSorted());
  });

  it('has each name of a statement named, inherited methods and those that the compiler corrects among them', async () => {
    const bad = withStatement(
      files,
      'driver',
      'start',
      'PMinit(); provider->joinPMtree(this); IOMallocContiguous(1, 1, nullptr); PMstop(); attachToChild(provider, nullptr);' +
        ' vm_offset_t at = proc_pid(current_proc()) + strlcpy(getPlatform(), getDeviceMemory(), msleep(lockForArbitration()));' +
        ' if (sysctl_register_oid(nullptr), ml_at_interrupt_context()) callPlatformFunction("", EINVAL), IOService::getParentEntry(nullptr);',
    );
    const { errors, told } = await built(bad.files);
    assert.ok(errors.some(text => /'PMinit'; did you mean '/.test(text)));
    const named = [
      ...['PMinit', 'IOService::joinPMtree', 'IOMallocContiguous', 'PMstop', 'attachToChild', 'vm_offset_t'],
      ...['proc_pid', 'current_proc', 'strlcpy', 'getPlatform', 'getDeviceMemory', 'msleep', 'lockForArbitration'],
      ...[
        'sysctl_register_oid',
        'ml_at_interrupt_context',
        'callPlatformFunction',
        'EINVAL',
        'IOService::getParentEntry',
      ],
    ];
    assert.deepEqual(told.evidence.map(({ text }) => text).sort(), named.sort());
    assert.match(told.message, new RegExp(`lacks ${named.length} names`));
  });

  it('has a function named that it declares itself, where it calls it', async () => {
    const bad = withStatement(files, 'driver', 'start', 'extern "C" void IOMapPages(int); IOMapPages(1);');
    const body = bad.files.get(bad.file) ?? '';
    const declared = body
      .replace('extern "C" void IOMapPages(int); ', '')
      .replace(/^/, 'extern "C" void IOMapPages(int);\n');
    const { errors, told } = await built(new Map(bad.files).set(bad.file, declared));
    assert.deepEqual(errors, [`${bad.file}:${bad.line + 1}: ld.lld: undefined symbol: IOMapPages`]);
    assert.deepEqual(
      told.evidence.map(({ text }) => text),
      ['IOMapPages'],
    );
  });
});

describe('A driver that does not include a header which the Simulated Mac has', () => {
  it('has the header named, and nothing is lacking', async () => {
    const bad = withStatement(files, 'driver', 'start', 'OSKextRetainKextWithLoadTag(1);');
    await withBench(bad.files, async bench => {
      const { diagnoses } = await bench.reload();
      assert.deepEqual(
        diagnoses.map(({ cause, message, remedy }) => [cause, message, remedy]),
        [
          [
            'buildError',
            "use of undeclared identifier 'OSKextRetainKextWithLoadTag'",
            'Include <libkern/OSKextLib.h>: it has OSKextRetainKextWithLoadTag.',
          ],
        ],
      );
    });
  });
});

describe('A driver with a mistake of its own', () => {
  it('has only that named: nothing is lacking', async () => {
    const bad = withStatement(files, 'driver', 'start', 'undeclared(1);');
    await withBench(bad.files, async bench => {
      const { diagnoses } = await bench.reload();
      assert.deepEqual(
        diagnoses.map(({ message }) => message),
        ["use of undeclared identifier 'undeclared'"],
      );
    });
  });

  it('has a typo named, with what is meant', async () => {
    const bad = withStatement(files, 'driver', 'start', 'provider->relese();');
    await withBench(bad.files, async bench => {
      const { diagnoses } = await bench.reload();
      assert.deepEqual(
        diagnoses.map(({ cause }) => cause),
        ['buildError'],
      );
      assert.match(diagnoses[0]?.message ?? '', /^no member named 'relese' in 'IOService'/);
    });
  });
});
