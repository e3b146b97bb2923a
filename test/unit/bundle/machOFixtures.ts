import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A driver, its user client and a class of the engine in a namespace, with the static members that libkern's macros make. */
const driverSource = `
typedef unsigned int UInt32;
class OSMetaClass {
public:
  OSMetaClass(const char *name, const OSMetaClass *superClass, UInt32 size);
  virtual ~OSMetaClass();
  void operator delete(void *, __SIZE_TYPE__) {}
};
#define DECLARE(C) \\
  static const OSMetaClass *const superClass; \\
public: \\
  static const OSMetaClass *const metaClass; \\
  static class MetaClass : public OSMetaClass { public: MetaClass(); } gMetaClass; \\
  C(const OSMetaClass *); \\
  virtual ~C();
#define DEFINE(C, S) \\
  C::MetaClass C::gMetaClass; \\
  const OSMetaClass *const C::metaClass = &C::gMetaClass; \\
  const OSMetaClass *const C::superClass = &S::gMetaClass; \\
  C::C(const OSMetaClass *meta) : S(meta) {} \\
  C::~C() {} \\
  C::MetaClass::MetaClass() : OSMetaClass(#C, &S::gMetaClass, sizeof(C)) {}
class OSObject { DECLARE(OSObject) void operator delete(void *, __SIZE_TYPE__); };
class IOService : public OSObject { DECLARE(IOService) virtual bool start(IOService *); };
class IOUserClient : public IOService { DECLARE(IOUserClient) };
class PumpDriver : public IOService { DECLARE(PumpDriver) bool start(IOService *) override; UInt32 beats; };
class PumpUserClient : public IOUserClient { DECLARE(PumpUserClient) };
class PumpSpecialDriver : public PumpDriver { DECLARE(PumpSpecialDriver) };
namespace engines { class PumpEngine : public OSObject { DECLARE(PumpEngine) }; DEFINE(PumpEngine, OSObject) }
DEFINE(PumpDriver, IOService)
DEFINE(PumpUserClient, IOUserClient)
DEFINE(PumpSpecialDriver, PumpDriver)
static UInt32 pulse = 60;
extern "C" void IOLog(const char *format, ...);
__attribute__((noinline)) static void beat() { IOLog("beat %u", pulse++); }
bool PumpDriver::start(IOService *provider) { beat(); return IOService::start(provider); }
`;

/** What the source defines, class to superclass. */
export const driverClasses = [
  { name: 'PumpDriver', superclass: 'IOService' },
  { name: 'PumpEngine', superclass: 'OSObject' },
  { name: 'PumpSpecialDriver', superclass: 'PumpDriver' },
  { name: 'PumpUserClient', superclass: 'IOUserClient' },
];

/** A folder for one test file, in which clang, ld64.lld and llvm's tools make real Mach-O files and judge them. */
export class MachOWorkshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'kext-dev-mach-o-'));

  /** Compiles the driver for `-target architecture-apple-system` and gives the object's path. */
  object(architecture: string, system: string): string {
    const source = join(this.folder, 'Pump.cpp');
    const object = join(this.folder, `Pump-${architecture}-${system}.o`);
    writeFileSync(source, driverSource);
    const flags = ['-target', `${architecture}-apple-${system}`, '-mkernel', '-std=gnu++14', '-g', '-Os', '-w'];
    run('clang++', [...flags, '-c', source, '-o', object]);
    return object;
  }

  /** Links the driver as a bundle for macOS from `minimum` on and gives its path. */
  bundle(architecture: string, minimum: string): string {
    const image = join(this.folder, `Pump-${architecture}-${minimum}`);
    const object = this.object(architecture, `macos${minimum}`);
    const platform = ['-platform_version', 'macos', minimum, '12.3'];
    run('ld64.lld-14', [
      '-arch',
      architecture,
      ...platform,
      '-bundle',
      '-undefined',
      'dynamic_lookup',
      object,
      '-o',
      image,
    ]);
    return image;
  }

  /** One fat file of several thin ones. */
  fat(...thin: readonly string[]): string {
    const image = join(this.folder, 'Pump-fat');
    run('llvm-lipo-14', ['-create', ...thin, '-output', image]);
    return image;
  }

  write(name: string, bytes: Uint8Array): string {
    const file = join(this.folder, name);
    writeFileSync(file, bytes);
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What an LLVM tool prints. */
export function run(tool: string, argv: readonly string[]): string {
  return execFileSync(tool, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A file's bytes in memory of their own, free to be changed. */
export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(file));
}
