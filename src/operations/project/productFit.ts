import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSettings } from '../../bundle/buildSettings.ts';
import type { InfoPlist } from '../../bundle/infoPlist.ts';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import { parseSettingText } from '../../bundle/settingText.ts';
import { isKextIdentifier } from '../../model/kext.ts';

/** What is known of a kext's source when its product is looked for. */
export interface ProductSource {
  /** Where it is built. */
  readonly folder: string;
  /** Of the source: its identifier may refer to build settings. */
  readonly infoPlist: InfoPlist;
  /** The runtime names of the libkern classes that the source declares. */
  readonly classes: readonly string[];
}

/** A bundle that may be the product. */
export interface Candidate {
  readonly bundle: KextBundle;
  /** When its code, or where that has none its Info.plist, was written last, in ms. */
  readonly time: number;
  /** Whether the build that has just ended wrote it, or said so. */
  readonly made: boolean;
}

/**
 * The product among bundles that were found: the newest of those that certainly are of the source, or that the build has just made,
 * where all of them carry one identifier; where they carry several, what was `known` decides. Otherwise those that it may be.
 */
export async function pickProduct(
  source: ProductSource,
  candidates: readonly Candidate[],
  known: string | undefined,
): Promise<Candidate | readonly Candidate[]> {
  const makefile = isFilledIn(source.infoPlist.bundleIdentifier ?? '') ? '' : await makefileOf(source.folder);
  const fitting = candidates.map(each => ({ each, fit: fitOf(source, each.bundle, makefile) }));
  const which = (wanted: Fit) => fitting.filter(({ fit }) => fit === wanted).map(({ each }) => each);
  const [certain, possible] = [which('certain'), which('possible')];
  const groups = certain.length > 0 ? [certain, certain.filter(isMade)] : [possible.filter(isMade)];
  const all = [...certain, ...possible];
  const asBefore = all.filter(({ bundle }) => bundle.infoPlist.bundleIdentifier === known);
  const one = [...groups, asBefore].find(carryOneIdentifier);
  return one === undefined ? all : (newest(one) ?? all);
}

/** How sure it is that a bundle is of a source. */
type Fit = 'certain' | 'possible' | 'other';

/**
 * An identifier that is written out says it all. Where the build fills it in, a dependency that lies beside the source must not be
 * taken for the product: something that both have has to say that they belong together, and nothing that they do not.
 */
function fitOf(source: ProductSource, { infoPlist, executable }: KextBundle, makefile: string): Fit {
  const { bundleIdentifier: written = '', libraries } = source.infoPlist;
  const { bundleIdentifier: carried = '' } = infoPlist;
  if (!fitsWritten(written, carried)) return 'other';
  if (isFilledIn(written)) return 'certain';
  if (!isKextIdentifier(carried) || libraries.has(carried)) return 'other';
  const classes = executable?.classes.map(({ name }) => name) ?? [];
  const signs = [
    agree(literal([source.infoPlist.executable]), infoPlist.executable === undefined ? [] : [infoPlist.executable]),
    agree(literal(source.infoPlist.personalities.map(personalityText)), infoPlist.personalities.map(personalityText)),
    classes.length > 0 ? agree(source.classes, classes) : undefined,
  ];
  if (signs.includes(false)) return 'other';
  return signs.includes(true) || names(makefile, carried) ? 'certain' : 'possible';
}

/** Whether a text has an identifier in it that goes on neither before nor behind. */
function names(text: string, identifier: string): boolean {
  return text.split(/[^\w.+-]+/).includes(identifier);
}

/** Whether something of the source is in the product; undefined where the source says nothing. */
function agree(ofSource: readonly string[], ofProduct: readonly string[]): boolean | undefined {
  return ofSource.length === 0 ? undefined : ofSource.some(each => ofProduct.includes(each));
}

/** Texts that no build fills in. */
function literal(texts: readonly (string | undefined)[]): readonly string[] {
  return texts.filter(text => text !== undefined && buildSettings(text).length === 0 && isFilledIn(text)) as string[];
}

function personalityText({ name, ioClass = '' }: InfoPlist['personalities'][number]): string {
  return `${name} ${ioClass}`;
}

function isMade({ made }: Candidate): boolean {
  return made;
}

function carryOneIdentifier(all: readonly Candidate[]): boolean {
  return new Set(all.map(({ bundle }) => bundle.infoPlist.bundleIdentifier)).size === 1;
}

function newest(all: readonly Candidate[]): Candidate | undefined {
  return all.toSorted((a, b) => b.time - a.time)[0];
}

/** Bytes of a Makefile that are looked at. */
const mostOfMakefile = 1024 * 1024;

/** The Makefile that builds it, which fills in what the Info.plist leaves open; empty where there is none. */
async function makefileOf(folder: string): Promise<string> {
  for (const name of ['GNUmakefile', 'makefile', 'Makefile']) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() && found.size <= mostOfMakefile) return readFile(file, 'utf8').catch(() => '');
  }
  return '';
}

/** Whether an identifier refers to no build setting. */
export function isFilledIn(identifier: string): boolean {
  return parseSettingText(identifier).every(part => typeof part === 'string');
}

/** Whether an identifier can be what a build makes of the written one: references stand for any text. */
export function fitsWritten(written: string, identifier: string): boolean {
  let from = 0;
  const parts = parseSettingText(written);
  if (parts.every(part => typeof part === 'string')) return written === identifier;
  for (const [at, part] of parts.entries()) {
    if (typeof part !== 'string') continue;
    if (at === parts.length - 1) return identifier.length - part.length >= from && identifier.endsWith(part);
    const found = at === 0 ? (identifier.startsWith(part) ? 0 : -1) : identifier.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return true;
}
