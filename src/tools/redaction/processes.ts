import type { OtherVendors } from './otherVendors.ts';
import { rewritePath } from './paths.ts';
import type { Visit } from './privateValues.ts';

/** Processes that run on every Mac and have no path, or one that is none of Apple's places. */
const everywhere = [
  'kernel_task',
  'launchd',
  'login',
  'Finder',
  'Dock',
  'Safari',
  'WindowServer',
  'loginwindow',
  'Unknown',
];

const longestCreator = 15;
const line = /^([ \t]*\d+[ \t]+)(\S.*?)([ \t\r]*)$/gm;

/** The names of Apple's processes in what `ps -axo pid=,comm=` printed. */
export function appleProcesses(ps: Iterable<string>): ReadonlySet<string> {
  const names = new Set(everywhere);
  for (const text of ps)
    for (const [, , path = ''] of text.matchAll(line))
      if (/^\/(System|usr\/(?!local\/)|bin|sbin|Library\/Apple)\//.test(path)) names.add(nameOf(path));
  return names;
}

/** Rewrites the lines of ps: a process that is not Apple's is called by its path. */
export function rewriteProcesses(
  text: string,
  vendors: OtherVendors,
  apple: ReadonlySet<string>,
  visit: Visit,
): string {
  return text.replace(line, (_, pid: string, path: string, end: string) => {
    const login = /^(sshd(?:-\w+)?: )([^\s@]+)(@\S*| \[\w+\])?$/.exec(path);
    if (login !== null) return `${pid}${login[1]}${visit(login[2] ?? '', 'user')}${login[3] ?? ''}${end}`;
    if (path.startsWith('/')) return pid + rewritePath(path, vendors, visit) + end;
    return (
      pid +
      (isOfApple(path, apple) || /^[-(]?(zsh|bash|sh|login|tcsh|fish)\)?$/.test(path)
        ? path
        : visit(path, 'process', { reach: 'word' })) +
      end
    );
  });
}

/** Rewrites the names of processes that hold a user client open: `pid 587, pumpctl`, cut off where they are long. */
export function rewriteCreators(text: string, apple: ReadonlySet<string>, visit: Visit): string {
  return text.replace(/(?<=\bpid \d+, )[^"<\n]+/g, name =>
    isOfApple(name, apple) ? name : visit(name, 'process', { reach: 'word' }),
  );
}

/** Where the kernel and a panic name a process besides. */
const named: readonly RegExp[] = [
  // `Sandbox: hoistd(587) deny(1) …`
  /(?<=\bSandbox: )[^():"\\\n]{1,64}(?=\(\d+\) )/g,
  // `process hoistd[587] crossed …`, `hoistd[587] Corpse allowed …`
  /(?<=\bprocess )[^[\]:"\\\n]{1,64}(?=\[\d+\])/g,
  /(?<![\w.-])(?!process )[\w.-]{1,64}(?: [\w.()-]{1,64}){0,3}(?=\[\d+\] (?:Corpse|triggered|caught|crossed)\b)/g,
  // `killing_idle_process pid 587 [hoistd]`
  /(?<=\bpid \d{1,6} \[)[^[\]"\\\n]{1,64}(?=\])/g,
  // `Process name corresponding to current thread (0x…): hoistd`, `Panicked task 0x…: 9 threads: pid 587: hoistd`
  /(?<=\b[Pp]rocess name corresponding to current thread(?: \(0x[0-9a-f]{1,16}\))?: )[^"\\\n]{1,64}/g,
  /(?<=\bthreads: pid \d{1,6}: )[^"\\\n]{1,64}/g,
];

/** Rewrites the names of processes that are not Apple's in messages of the kernel. */
export function rewriteNamedProcesses(text: string, apple: ReadonlySet<string>, visit: Visit): string {
  return named.reduce(
    (written, form) =>
      written.replace(form, name =>
        isOfApple(name, apple) || !/[\p{L}\d]/u.test(name) ? name : visit(name, 'process', { reach: 'word' }),
      ),
    text,
  );
}

function isOfApple(name: string, apple: ReadonlySet<string>): boolean {
  return apple.has(name) || (name.length >= longestCreator && [...apple].some(each => each.startsWith(name)));
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}
