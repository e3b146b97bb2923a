import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missing } from './missingSubject.ts';

const undeclared = (name: string) => `use of undeclared identifier '${name}'`;

/** What clang says of a call of each, and what is lacking then. */
function called(...names: readonly string[]): readonly string[] {
  const source = names.map(name => `    ${name}(1);\n`).join('');
  return missing(source, ...names.map(name => [undeclared(name), name] as const)).names;
}

describe('A name of a Mac’s kernel that the Simulated Mac lacks', () => {
  it('is known by itself, whatever it begins with', () => {
    const names = [
      ...['PMinit', 'PMstop', 'attachToChild', 'getParentEntry', 'childFromPath', 'lockForArbitration', 'strlcpy'],
      ...['strncmp', 'msleep', 'getDeviceMemory', 'current_proc', 'proc_pid', 'sysctl_register_oid', 'wakeup'],
      ...['ml_at_interrupt_context', 'callPlatformFunction', 'getPlatform', 'kauth_cred_get', 'copyin', 'joinPMtree'],
      ...['configRead32', 'mbuf_len', 'ifnet_attach', 'vnode_open', 'IOMallocContiguous', 'registerInterrupt'],
      ...['OSIncrementAtomic', 'lck_mtx_lock', 'PE_parse_boot_argn', 'withAddressRange', 'microuptime'],
    ];
    assert.deepEqual(called(...names), names);
  });

  it('is one also where the compiler thinks of another name', () => {
    const message = `${undeclared('PMinit')}; did you mean 'init'?`;
    assert.deepEqual(missing('PMinit();', [message, 'PMinit']).names, ['PMinit']);
  });

  it('may be a type, a constant, a base class, a template’s argument', () => {
    const source = 'class Pump : public IOBlockStorageDevice {\n};\nvm_offset_t at = EINVAL;\nstruct timespec now;\n';
    const told = missing(
      source,
      ['expected class name', 'IOBlock'],
      ["unknown type name 'vm_offset_t'", 'vm_off'],
      [undeclared('EINVAL'), 'EINVAL'],
      ["variable has incomplete type 'struct timespec'", 'now'],
      [undeclared('IOPCIDevice')],
    );
    assert.deepEqual(told.names, ['IOBlockStorageDevice', 'vm_offset_t', 'EINVAL', 'timespec', 'IOPCIDevice']);
  });

  it('may be a member: of the kernel’s class with it, of the driver’s own alone, and each once', () => {
    const source =
      'class Pump : public IOService {\n  IOReturn setPowerState(unsigned long, IOService *) override;\n};';
    const told = missing(
      source,
      [undeclared('joinPMtree')],
      ["no member named 'joinPMtree' in 'IOService'"],
      ["no member named 'joinPMtree' in 'IOService'"],
      ["no member named 'PMinit' in 'Pump'"],
      ["no member named 'setPowerState' in 'IOService'"],
      ["no member named 'proc_pid' in the global namespace"],
    );
    const names = ['IOService::joinPMtree', 'PMinit', 'IOService::setPowerState', 'proc_pid'];
    assert.deepEqual(told.names, names);
  });

  it('may be a method that the driver overrides', () => {
    const source =
      'class Pump : public IOService {\n  int setPowerState(long (*f)(int), IOService *p) override;\n  virtual void systemWillShutdown(int) override;\n};';
    const told = missing(
      source,
      ["only virtual member functions can be marked 'override'", 'override;'],
      ["'systemWillShutdown' marked 'override' but does not override any member functions", 'systemWill'],
    );
    assert.deepEqual(told.names, ['setPowerState', 'systemWillShutdown']);
  });

  it('may be missed by the linker alone, though the driver declares it', () => {
    const source = 'extern "C" int kauth_cred_getuid(void *);\nextern "C" int strlcpy(char *, const char *, long);\n';
    const told = missing(
      source,
      ['ld.lld: undefined symbol: kauth_cred_getuid'],
      ['ld.lld: undefined symbol: strlcpy'],
      ['ld64.lld: undefined symbol: _IOMapPages'],
    );
    assert.deepEqual(told.names, ['kauth_cred_getuid', 'strlcpy', 'IOMapPages']);
  });

  it('is found in the statement where the compiler only names what the call is given', () => {
    const source = 'bool f() {\n  helper(msleep(getTask(),\n    current_proc()), 1); // copyin(\n  copyout(2);\n}\n';
    assert.deepEqual(missing(source, [undeclared('current_proc'), 'current_proc']).names, ['current_proc', 'msleep']);
  });

  it('is found there by its prefix, too, unless it is a letter off what the Simulated Mac has', () => {
    const source = 'IOMakePages(count); IOSleeep(count); IOSlepe(count); IOSlep(count); IOSleap(count);';
    const told = missing(source, ...source.split(' ').map(each => [undeclared('count'), each] as const));
    assert.deepEqual(told.names, ['IOMakePages']);
  });

  it('is a header of the kernel’s, too, and no other header', () => {
    const told = missing('', ["'sys/kern_control.h' file not found"], ["'Pump.hpp' file not found"]);
    assert.deepEqual(told.names, ['sys/kern_control.h']);
  });
});

describe('A name that the Simulated Mac has in another header', () => {
  for (const [name, header] of [
    ['mach_absolute_time', 'kern/clock.h'],
    ['clock_get_uptime', 'kern/clock.h'],
    ['clock_interval_to_deadline', 'kern/clock.h'],
    ['kMillisecondScale', 'kern/clock.h'],
    ['thread_call_enter', 'kern/thread_call.h'],
    ['thread_call_func_t', 'kern/thread_call.h'],
    ['IOTimerEventSource', 'IOKit/IOTimerEventSource.h'],
    ['IOExternalMethodArguments', 'IOKit/IOUserClient.h'],
    ['IOLockSleepDeadline', 'IOKit/IOLocks.h'],
    ['gIOServicePlane', 'IOKit/IORegistryEntry.h'],
    ['kmod_info_t', 'mach/kmod.h'],
    ['OSKextRequestResource', 'libkern/OSKextLib.h'],
    ['bzero', 'string.h'],
    ['strlen', 'string.h'],
    ['panic', 'libkern/libkern.h'],
  ] as const)
    it(`${name}: the header is said`, () => {
      const { names, remedies } = missing(`${name}(1);`, [undeclared(name)]);
      assert.deepEqual([names, remedies], [[], [`Include <${header}>: it has ${name}.`]]);
    });

  it('a class of which only the name is known', () => {
    const told = missing('', ["member access into incomplete type 'IOWorkLoop'"]);
    assert.deepEqual([told.names, told.remedies], [[], ['Include <IOKit/IOWorkLoop.h>: it has IOWorkLoop.']]);
  });

  it('not what is a member there, nor what the driver declares itself', () => {
    const told = missing('static int panic(int);\n', [undeclared('getProvider')], [undeclared('panic')]);
    assert.deepEqual([told.names, told.remedies], [[], ['', '']]);
  });
});

describe('The driver’s own mistake', () => {
  const own = (source: string, message: string, at?: string) => {
    const { names, remedies } = missing(source, at === undefined ? [message] : [message, at]);
    assert.deepEqual([names, remedies], [[], ['']]);
  };

  it('a typo, of which the compiler says what is meant', () => {
    own('relese();', `${undeclared('relese')}; did you mean 'release'?`);
    own('p->relese();', "no member named 'relese' in 'IOService'; did you mean 'release'?");
    own('IOServce *p;', "unknown type name 'IOServce'; did you mean 'IOService'?");
    own('IOSleeep(1);', `${undeclared('IOSleeep')}; did you mean 'IOSleep'?`);
  });

  it('a name of nobody’s', () => {
    own('undeclared(1);', undeclared('undeclared'));
    own('p->relese();', "no member named 'relese' in 'IOService'");
    own('', 'ld.lld: undefined symbol: spin()');
    own('', 'ld.lld: undefined symbol: vtable for Pump');
  });

  it('a plain word that is no call', () => {
    for (const word of ['read', 'prepare', 'wakeup']) {
      own(`int x = ${word};`, undeclared(word));
      assert.deepEqual(called(word), [word]);
    }
  });

  it('a name of the kernel’s that the driver has, too', () => {
    const declarations = [
      'static void PMinit(int x) {}',
      'void Pump::PMinit(int) {}',
      '#define PMinit(x) x',
      'class PMinit {};',
      'enum { a, PMinit };',
      'typedef int (*PMinit)(int);',
      'typedef struct { int x; } PMinit;',
      'using namespace x; int PMinit = 1;',
      'void f(const Pump &PMinit, int x) {}',
    ];
    for (const declaration of declarations) own(`${declaration}\nvoid g() { PMinit(2); }`, undeclared('PMinit'));
  });

  it('which a use of it is not', () => {
    const uses = [
      'return PMinit(1);',
      'x = y * PMinit(1);',
      'if (a && PMinit(1)) b();',
      'f(a, PMinit(1));',
      'PMinit(1);',
    ];
    for (const use of uses) assert.deepEqual(missing(use, [undeclared('PMinit')]).names, ['PMinit'], use);
  });

  it('a function whose body the linker was not given', () => {
    own('extern "C" int strlcpy(char *to) {\n}\n', 'ld.lld: undefined symbol: strlcpy');
    own('class Pump { void PMinit(); };', 'ld.lld: undefined symbol: Pump::PMinit()');
  });
});
