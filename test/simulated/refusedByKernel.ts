import { escaped } from '../support/escaped.ts';
import {
  type Collected,
  diagnosed,
  id,
  names,
  needing,
  path,
  type Refused,
  repeated,
  unmarked,
} from './loadSubject.ts';
import { notPlaced } from './refusedBundles.ts';

/** A library that cannot be had. */
function unresolved(title: string, [name, version]: readonly [string, string], line: string, finding: string): Refused {
  return {
    title,
    break: bundle => bundle.plist(needing(name, version)),
    says: [line, `Can't load ${path} - failed to resolve dependencies.`],
    end: 'dependencies',
    test: [...repeated(line), ...diagnosed('Dependency Resolution Failures', finding, name)],
    status: 4,
    collected: {
      number: 71,
      says: () => unresolvedText(finding, name),
      told: new RegExp(`has no ${name}, which|^${name} on .* does not stand in for ${version}, which`),
    },
  };
}

function forbidden(title: string, name: string, finding: string, lines: readonly string[] = []): Refused {
  return {
    title,
    break: bundle => bundle.plist(needing(name, '9.0')),
    says: [...lines, `Can't load ${path} - failed to resolve dependencies.`],
    end: 'dependencies',
    test: [...lines, ...lines, ...lines, ...diagnosed('Dependency Resolution Failures', finding)],
    status: 4,
    collected: {
      number: 71,
      says: () => `Unable to resolve dependencies: ${finding}`,
      told: new RegExp(`^A library of \\S+ is not allowed: ${escaped(finding)}$`),
    },
  };
}

function unresolvedText(finding: string, name: string): string {
  if (finding === 'No kexts found for these libraries')
    return `Unable to resolve dependencies: '${id}' names a dependency on '${name}', which was not found.`;
  return `Unable to resolve dependencies: ${finding}: ${name}.`;
}

/** By what it links against. */
export const byLibraries: readonly Refused[] = [
  unresolved(
    'that is not there',
    ['com.apple.kpi.iokitt', '8.0.0'],
    `${path} - dependency 'com.apple.kpi.iokitt' not found.`,
    'No kexts found for these libraries',
  ),
  unresolved(
    'that is older than what is asked for',
    ['com.apple.kpi.bsd', '99.1'],
    `${path} - no compatible dependency found for com.apple.kpi.bsd.`,
    'Only incompatible kexts found for these libraries',
  ),
  unresolved(
    'that forgot what is asked for',
    ['com.apple.kpi.dsep', '8.0'],
    `${path} - no compatible dependency found for com.apple.kpi.dsep.`,
    'Only incompatible kexts found for these libraries',
  ),
  forbidden(
    'that is the kernel itself',
    'com.apple.kernel',
    'Kexts may not link against com.apple.kernel; use either com.apple.kpi.* libraries (recommended), or com.apple.kernel.* (for compatiblity with older releases).',
  ),
  forbidden(
    'of the old style',
    'com.apple.kernel.iokit',
    '64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries.',
  ),
  forbidden(
    'that is Apple’s own',
    'com.apple.kpi.private',
    'Only Apple kexts may link against com.apple.kpi.private.',
    [`${path} has an Apple prefix but no copyright.`],
  ),
];

/** What the kernel's linker has against a kext, in the kernel and in kextutil. */
function unlinked(
  title: string,
  broken: Refused['break'],
  collected: Collected,
  ...problems: readonly string[]
): Refused {
  const lines = problems.map(problem => `kxld[${id}]: ${problem}`);
  const kernel = [
    ...lines,
    `Can't load kext ${id} - link failed.`,
    `Failed to load executable for kext ${id}.`,
    `Kext ${id} failed to load (0xdc008016).`,
    `Failed to load kext ${id} (error 0xdc008016).`,
  ];
  return {
    title,
    break: broken,
    says: kernel.map(line => `(kernel) ${line}`),
    end: 'link',
    test: [...lines, 'Link failed (error code 5).', 'Check library declarations for your kext with kextlibs(8).'],
    status: 4,
    collected,
  };
}

/** One problem: numbered among those of all kexts, and once more among the kext's own. */
function collection(problem: RegExp, told: RegExp): Collected {
  const heads = 'One or more binaries has an error which prevented linking\\.  See other errors\\.';
  const own = `Could not use '${escaped(id)}' because: ${problem.source}`;
  const whole = `    1: ${heads}\n    2: ${own}\n${escaped(id)} specific:\n    1: ${problem.source}\n`;
  return {
    number: 31,
    says: () => new RegExp(`^Error occurred while building a collection:\n${whole}$`),
    told,
  };
}

const unresolvedTitle = 'The following symbols are unresolved for this kext:';
const vtable = `__ZTV${names.engine.length}${names.engine}`;
/** By who links it. */
export const byLinker: readonly Refused[] = [
  unlinked(
    'a function that is misspelt',
    bundle => bundle.rename('_IOLockAlloc', '_IOLockAllok'),
    collection(
      /Failed to bind '_IOLockAllok' in '\S+' \(at offset 0x[0-9a-f]+ in \w+, __got\) as could not find a kext which exports this symbol/,
      /^1 symbol of \S+ is in none of its libraries: _IOLockAllok\.$/,
    ),
    unresolvedTitle,
    '\t_IOLockAllok',
  ),
  unlinked(
    'a class without its vtable',
    bundle => bundle.rename(vtable, `${vtable.slice(0, -1)}_`),
    collection(
      new RegExp(`Class vtables '${vtable}' or '${vtable}' is not exported from '${escaped(id)}'`),
      new RegExp(`^The vtable of ${names.engine} is missing in `),
    ),
    `Cannot find the vtable '${vtable}' for class '${names.engine}'. This vtable symbol is required for binary compatibility, and it may have been stripped.`,
  ),
  unlinked(
    'a file that only says on its label that it is a kext',
    async bundle => {
      await bundle.plist(unmarked);
      await bundle.bytes(bytes => void bytes.writeUInt8(8, 12));
    },
    {
      number: 31,
      says: () => notPlaced('not MH_KEXT_BUNDLE'),
      told: /^The executable of \S+ cannot become part of a kext collection: not MH_KEXT_BUNDLE\.$/,
    },
    'The Mach-O filetype 0x8 is not supported on the target architecture.',
  ),
];
