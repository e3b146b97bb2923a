import type { ByteView } from './byteView.ts';
import type { LoadCommand } from './machOLoadCommands.ts';

/** The systems that a slice was built for. */
export interface MachOSystem {
  /** `macOS`, `iOS`, …; `platform 99` for one without a name. */
  readonly platform: string;
  /** `10.15` or `10.15.4`. */
  readonly minimum: string;
  /** undefined where the linker was told none. */
  readonly sdk: string | undefined;
}

const buildVersion = 0x32;

const platforms: ReadonlyMap<number, string> = new Map([
  [1, 'macOS'],
  [2, 'iOS'],
  [3, 'tvOS'],
  [4, 'watchOS'],
  [5, 'bridgeOS'],
  [6, 'Mac Catalyst'],
  [7, 'iOS simulator'],
  [8, 'tvOS simulator'],
  [9, 'watchOS simulator'],
  [10, 'DriverKit'],
  [11, 'visionOS'],
]);

const versionMinimums: ReadonlyMap<number, string> = new Map([
  [0x24, 'macOS'],
  [0x25, 'iOS'],
  [0x2f, 'tvOS'],
  [0x30, 'watchOS'],
]);

/** LC_BUILD_VERSION, or LC_VERSION_MIN_* of older linkers; undefined where there is neither. Throws DamagedBytes. */
export function readSystem(view: ByteView, commands: readonly LoadCommand[]): MachOSystem | undefined {
  for (const { kind, offset, size } of commands) {
    const old = versionMinimums.get(kind);
    if (old !== undefined && size >= 16) return system(old, view.u32(offset + 8), view.u32(offset + 12));
    if (kind !== buildVersion || size < 24) continue;
    const platform = view.u32(offset + 8);
    return system(platforms.get(platform) ?? `platform ${platform}`, view.u32(offset + 12), view.u32(offset + 16));
  }
  return undefined;
}

function system(platform: string, minimum: number, sdk: number): MachOSystem {
  return { platform, minimum: versionText(minimum), sdk: sdk === 0 ? undefined : versionText(sdk) };
}

/** Packed as xxxx.yy.zz in nibbles of a 32-bit word. */
function versionText(packed: number): string {
  const [major, minor, patch] = [packed >>> 16, (packed >>> 8) & 0xff, packed & 0xff];
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}
