import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parse } from 'plist';
import { SaxesParser } from 'saxes';
import { everyEntry, type RegistryEntry } from '../../../src/model/registryEntry.ts';
import { IoregArchiveReader } from '../../../src/tools/registry/archiveReader.ts';

/** What a process took that read an archive: the time, and the most memory that it ever had, Node's own included. */
export interface ArchiveCost {
  readonly ms: number;
  /** The process's peak resident set, from getrusage(2). */
  readonly peakBytes: number;
  /** How many objects were found; 0 where none were looked for. */
  readonly objects: number;
}

const readers = { registry, users, events, plist };

/**
 * How an archive is read: into a registry with all properties, or with those that a diagnosis asks for; by the SAX library
 * with nothing to do; into a document by `plist`.
 */
export type ArchiveReaderName = keyof typeof readers;

const [, , name, file = ''] = process.argv;
const start = performance.now();
const read = await readers[name as ArchiveReaderName](file);
const ms = performance.now() - start;
const objects = [...everyEntry(read)].length;
const cost: ArchiveCost = { ms, peakBytes: process.resourceUsage().maxRSS * 1024, objects };
process.send?.(cost);

/** As a pipe or a file gives it, but in larger pieces: so less of the time goes into the reading of the file. */
function pieces(path: string): AsyncIterable<string> {
  return createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 });
}

function registry(path: string): Promise<readonly RegistryEntry[]> {
  return readWith(new IoregArchiveReader(), path);
}

function users(path: string): Promise<readonly RegistryEntry[]> {
  return readWith(new IoregArchiveReader(key => key === 'IOUserClientCreator'), path);
}

async function readWith(reader: IoregArchiveReader, path: string): Promise<readonly RegistryEntry[]> {
  for await (const piece of pieces(path)) reader.feed(piece);
  return reader.end().records;
}

async function events(path: string): Promise<readonly RegistryEntry[]> {
  const parser = new SaxesParser({ position: false });
  parser.on('opentag', () => undefined);
  parser.on('closetag', () => undefined);
  parser.on('text', () => undefined);
  for await (const piece of pieces(path)) parser.write(piece);
  parser.close();
  return [];
}

async function plist(path: string): Promise<readonly RegistryEntry[]> {
  parse(await readFile(path, 'utf8'));
  return [];
}
