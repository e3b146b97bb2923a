import type { LineTemplates } from '../../tools/text/lineTemplates.ts';
import type { Cause } from '../diagnosis.ts';

/** Who writes the message or gives the code. */
export type Component =
  | 'kernel'
  | 'IOService'
  | 'I/O Registry'
  | 'kxld'
  | 'collection builder'
  | 'kext library'
  | 'kextunload'
  | 'kextload'
  | 'kextutil'
  | 'kextstat'
  | 'kextlibs'
  | 'ioclasscount'
  | 'ioreg'
  | 'kextcache'
  | 'kextd'
  | 'sudo'
  | 'kmutil'
  | 'module start or stop function'
  | 'any program';

/** Where in the developer's files to look. `field`: of the message, which names the class; others stand in braces. */
export type Anchor =
  | { readonly kind: 'infoPlist'; readonly key: string }
  | { readonly kind: 'class'; readonly field: string; readonly member?: string }
  | { readonly kind: 'moduleFunction'; readonly function: 'start' | 'stop' | 'start or stop' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bundle' }
  | { readonly kind: 'environment' };

/** One documented way to fail: how it reads, why it happens, and what a kext developer does next. */
export interface CatalogueRow {
  /** Its page and its place there: `unload.classesHaveInstances`. Never changes once it has been published. */
  readonly id: string;
  readonly component: Component;
  /** The messages, in the notation of lineTemplates.ts, without what a tool or a log puts before them. */
  readonly patterns: readonly string[];
  /** What the kernel or the I/O Kit returns with it, unsigned 32 bits. */
  readonly code?: number;
  /** The messages mean this row only where they carry that code in their field `code`. */
  readonly onlyWithCode?: true;
  /** Set where the row is about an exit status, or about the number in an error of kmutil. */
  readonly status?: number;
  /** Among the rows of one code; undefined lies between common and rare. */
  readonly frequency?: 'commonest' | 'common' | 'rare';
  /** It says that something failed, and other lines say why. */
  readonly summary?: true;
  /** The system goes on in spite of what the row of that id says. */
  readonly inSpiteOf?: string;
  /** It is a line below a message, of which it says nothing by itself. */
  readonly item?: true;
  /** The field that a line below the message gives, where the message itself does not. */
  readonly itemField?: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** Sentences; a field of the message may stand in braces. */
  readonly cause: string;
  readonly remedy: string;
  readonly anchor: Anchor;
  /** A whole message as it is printed; for what has none, the code or what is to be seen instead. */
  readonly example: string;
  /** The Problem of Kext Dev to which it leads. */
  readonly problem?: Cause;
}

/** The messages of one kind of a tool's table; `holding`: those of them that hold that text. */
export function templatesOf<Table extends LineTemplates>(
  table: Table,
  kind: keyof Table & string,
  ...holding: readonly string[]
): readonly string[] {
  const all = table[kind] ?? [];
  return holding.length === 0 ? all : all.filter(template => holding.some(part => template.includes(part)));
}

/** In the Info.plist, at that key path. */
export function infoPlist(key: string): Anchor {
  return { kind: 'infoPlist', key };
}

/** At the class that the message names, or at a member function of it. */
export function classNamed(field = 'class', member?: string): Anchor {
  return { kind: 'class', field, ...(member === undefined ? {} : { member }) };
}

/** At the function that KMOD_EXPLICIT_DECL or the target's MODULE_START and MODULE_STOP name. */
export function moduleFunction(name: 'start' | 'stop' | 'start or stop'): Anchor {
  return { kind: 'moduleFunction', function: name };
}

/** The Mach-O file that CFBundleExecutable names. */
export const executable: Anchor = { kind: 'file', path: 'the executable' };

/** Nothing smaller than the bundle. */
export const bundle: Anchor = { kind: 'bundle' };

/** Nothing in the developer's files. */
export const environment: Anchor = { kind: 'environment' };
