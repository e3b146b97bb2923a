import { join } from 'node:path';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import type { CatalogueRow } from '../../src/diagnosis/catalogue/catalogueRow.ts';
import { explain } from '../../src/diagnosis/catalogue/explain.ts';
import { explainedBy } from '../../src/diagnosis/catalogue/explained.ts';
import type { MessageFields } from '../../src/diagnosis/catalogue/messageForm.ts';
import { repositoryFolder } from './repository.ts';

/** Where the pages of the catalogue lie. */
export const failuresFolder = join(repositoryFolder, 'media', 'failures');

/** What each page is about, in its own words; a page of the catalogue that is not here fails. */
const titles: Readonly<Record<string, string>> = {
  unload: 'What the kernel says when it refuses or fails an unload.',
  instances: 'Why classes have instances after an unload. The kernel says the same line for all of these cases.',
  kextunload: 'What kextunload itself says.',
  termination: 'What the kernel logs of services: their termination, their matching and the counts of their classes.',
  loadKernel: 'What the kernel says when it refuses or fails a load.',
  classRegistration: 'What the kernel says of the classes of a kext when it starts or goes.',
  linking: 'What kxld says: the linker of the kernel on Intel, and of kextutil before macOS 11.',
  collection: 'What the builder of kernel collections says inside an error of kmutil, on macOS 11 and later.',
  validation: 'Findings under Validation Failures: the bundle is no kext that could be loaded.',
  authentication: 'Findings under Authentication Failures: somebody else than root could change the bundle.',
  dependencies: 'Libraries that are missing, do not fit, or may not be named.',
  warnings: 'Findings under Warnings: the kext is loaded all the same.',
  bootLevel: 'Findings under Boot Level Restrictions: what is not loaded in a safe boot.',
  loadTools: 'What kextload, kextutil and the kext library say of a load.',
  kmutil: 'What kmutil and kernelmanagerd say, on macOS 11 and later.',
  exitStatuses: 'The exit statuses of the kext tools.',
  osReturns: 'The return codes of libkern, and what each says by itself.',
  ioReturns: 'The return codes of the I/O Kit that drivers use most.',
  sudo: 'What sudo says where it does not run a tool.',
  kextcache: 'What kextcache says of kexts and caches that it does not take.',
  kextd: 'What kextd says in the system log, from 10.6 to 10.15.',
  signatureCodes: 'Statuses of a signature, as the kext tools print them.',
  kextstat: 'What kextstat says where it lists nothing.',
  kextlibs: 'What kextlibs and kmutil libraries say of symbols and libraries.',
  ioclasscount: 'What ioclasscount says where it counts nothing.',
  ioreg: 'What ioreg says besides the registry.',
  panics:
    'Panics that name a mistake in the counting of references or a service that does not come to rest, and where a panic log names kexts.',
};

/** The pages that ship, by file name: one section for each row of the catalogue, headed by its id. */
export function failurePages(): ReadonlyMap<string, string> {
  const byPage = Map.groupBy(catalogue, ({ id }) => id.split('.')[0] ?? '');
  return new Map([...byPage].map(([name, rows]) => [`${name}.md`, page(name, rows)]));
}

function page(name: string, rows: readonly CatalogueRow[]): string {
  const title = titles[name];
  if (title === undefined) throw new Error(`${name} has rows in the catalogue and no title`);
  return `${[`# ${name}`, title, ...rows.map(section)].join('\n\n')}\n`;
}

function section(row: CatalogueRow): string {
  const { cause, remedy, where, code } = explainedBy(row, fieldsOfExample(row), false);
  const codes = code === undefined ? [] : [code.hex, String(code.decimal), code.symbol, code.text];
  const names = codes.filter(name => name !== undefined).map(name => `\`${name}\``);
  const facts = [
    `From: ${row.component}, ${row.severity}.`,
    ...(names.length === 0 ? [] : [`Code: ${names.join(', ')}.`]),
    ...(row.status === undefined ? [] : [`Status: ${row.status}.`]),
    ...(row.problem === undefined ? [] : [`Problem: [${row.problem}](../causes/${row.problem}.md).`]),
  ];
  return [
    `## ${row.id}`,
    `\`\`\`\n${row.example}\n\`\`\``,
    `**What it means.** ${escaped(cause)}`,
    `**What to do.** ${escaped(remedy)}`,
    `**Where to look.** ${escaped(where.charAt(0).toUpperCase() + where.slice(1))}.`,
    facts.join(' '),
  ].join('\n\n');
}

/** The example names what the text is about; a code names nothing. */
function fieldsOfExample(row: CatalogueRow): MessageFields {
  return row.patterns.length === 0 ? {} : (explain(row.example)[0]?.fields ?? {});
}

/** Signs that Markdown would take for its own. */
function escaped(text: string): string {
  return text.replaceAll(/[*_<>[\]`]/g, '\\$&');
}
