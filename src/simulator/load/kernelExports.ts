import { readFile } from 'node:fs/promises';
import { dynamicSymbols } from './dynamicSymbols.ts';

/** What the Simulated Mac's kernel offers to kexts, by the library that exports it. */
export interface KernelExports {
  /** The identifier of the library that exports a symbol of a Mach-O file; undefined for what the kernel does not have. */
  readonly libraryOf: (symbol: string) => string | undefined;
}

/** What the compiler asks for by itself, and what each twin brings along: libkern's on a Mac. */
const alwaysThere: readonly string[] = [
  ...['_memcpy', '_memmove', '_memset', '_memcmp', '_bzero', '___bzero', '___cxa_pure_virtual'],
  ...['___stack_chk_fail', '___stack_chk_guard', '__Znwm', '__Znam', '__ZdlPv', '__ZdaPv', '__ZdlPvm', '__ZdaPvm'],
];

/** Reads them out of the built kernel's library: the list says what is there, because it is what is there. */
export async function readKernelExports(kernelImage: string): Promise<KernelExports> {
  const names = [...dynamicSymbols(await readFile(kernelImage))];
  // A name that the C library of this machine has, too, is `kernel_name` in the kernel (libkern/libkern.h).
  const exported = names.map(name => `_${name.replace(/^kernel_/, '')}`);
  const known = new Set([...alwaysThere, ...exported].map(comparable));
  return { libraryOf: symbol => (known.has(comparable(symbol)) ? exportingLibrary(symbol) : undefined) };
}

/** 64-bit integers are `long` on this machine where they are `long long` on a Mac, which a mangled name tells. */
function comparable(symbol: string): string {
  return symbol.startsWith('__Z') ? symbol.replaceAll('m', 'y').replaceAll('l', 'x') : symbol;
}

/** The I/O Kit's names begin with IO, in C as in C++; libkern has the rest. */
function exportingLibrary(symbol: string): string {
  const name = symbol.replace(/^_{1,2}Z(?:TV|N)?K?\d+/, '').replace(/^_k?g?/, '');
  return name.startsWith('IO') ? 'com.apple.kpi.iokit' : 'com.apple.kpi.libkern';
}
