import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Truth } from './truth.ts';

/** A driver of the gallery: its sources as they were written, and what is true of them. */
export interface GalleryDriver {
  /** Of its folder, its kext and its executable. */
  readonly name: string;
  readonly truth: Truth;
  /** Texts by file name; in C++ and C each line with the fault ends with the mark. */
  readonly sources: ReadonlyMap<string, string>;
}

/** A line that holds the fault, without the mark. Lines count from 1. */
export interface FaultLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const mark = / *\/\/ fault$/;

/** The drivers of one part of the gallery, by name. */
export async function readDrivers(part: 'faulty' | 'clean'): Promise<readonly GalleryDriver[]> {
  const folder = join(import.meta.dirname, '..', part);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.sort().map(name => readDriver(join(folder, name), name)));
}

async function readDriver(folder: string, name: string): Promise<GalleryDriver> {
  const { truth } = (await import(join(folder, 'truth.ts'))) as { readonly truth: Truth };
  const files = (await readdir(folder)).filter(file => file !== 'truth.ts').sort();
  const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
  return { name, truth, sources: new Map(files.map((file, index) => [file, texts[index] ?? ''])) };
}

/** Where the fault is, in the order of files and lines. */
export function faultLines(driver: GalleryDriver): readonly FaultLine[] {
  return [...driver.sources].flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (mark.test(line) ? [{ file, line: index + 1, text: line.replace(mark, '') }] : [])),
  );
}

/** The source as nobody marked it: what is judged by it finds no hint. No line moves. */
export function withoutMarks(text: string): string {
  return text
    .split('\n')
    .map(line => line.replace(mark, ''))
    .join('\n');
}
