import { catalogue } from './catalogue.ts';
import { type CatalogueRow, environment } from './catalogueRow.ts';
import type { CodeQuery } from './codeQuery.ts';
import { type Explained, explainedBy } from './explained.ts';
import { partsOfCode, returnCode } from './returnCode.ts';
import { notInCatalogue, unknownStatus } from './unknownStatus.ts';

const byCode = Map.groupBy(catalogue, ({ code }) => code);
const byStatus = Map.groupBy(catalogue, ({ status }) => status);

/** Every row of the code or the exit status, the commonest first; what the code says by itself comes last. Where there is none, what is known of it all the same. */
export function explainCode(query: CodeQuery): readonly Explained[] {
  if (query.kind === 'return') return explainReturn(query.code);
  const { status, tool } = query;
  const rows = (byStatus.get(status) ?? []).filter(({ component }) => tool === undefined || component === tool);
  const found = commonestFirst(rows).map(row => explainedBy(row, {}, false));
  if (tool === undefined && status === 5) return [...found, ...explainReturn(5)];
  const unknown = found.length === 0 ? unknownStatus(status, tool) : undefined;
  return unknown === undefined ? found : [explainedBy(unknown, {}, false)];
}

/** The rows of a code in a line of whoever returned it: what it says by itself, then the cases that it stands for elsewhere. */
export function explainCodeInLine(code: number): readonly Explained[] {
  const all = explainReturn(code);
  const own = all.filter(({ row }) => isOfCode(row));
  const cases = all.filter(({ row }) => !isOfCode(row));
  return [
    ...own.map(each => ({ ...each, general: false })),
    ...cases.map(each => ({ ...each, general: true, oneCase: true as const })),
  ];
}

/** What a return code says by itself; undefined where the catalogue does not have it. */
export function rowOfCode(code: number): CatalogueRow | undefined {
  return byCode.get(code)?.find(isOfCode);
}

function explainReturn(code: number): readonly Explained[] {
  const rows = byCode.get(code) ?? [];
  if (rows.length === 0) return unknownCode(code);
  const told = commonestFirst(rows.filter(row => !isOfCode(row)));
  const own = rows.filter(isOfCode);
  return [...told.map(row => explainedBy(row, {}, false)), ...own.map(row => explainedBy(row, {}, told.length > 0))];
}

/** Whether the row is about a code by itself, and no message that has it. */
export function isOfCode({ id }: CatalogueRow): boolean {
  return /^(osReturns|ioReturns|signatureCodes)\./.test(id);
}

function commonestFirst(rows: readonly CatalogueRow[]): readonly CatalogueRow[] {
  const rank = { commonest: 0, common: 1, usual: 2, rare: 3 };
  return rows.toSorted((a, b) => rank[a.frequency ?? 'usual'] - rank[b.frequency ?? 'usual']);
}

const success: CatalogueRow = {
  id: notInCatalogue,
  component: 'kernel',
  patterns: [],
  severity: 'information',
  cause: 'It is no error: KERN_SUCCESS, kOSReturnSuccess and kIOReturnSuccess are 0.',
  remedy: 'Look for what failed elsewhere, in the lines before and after it.',
  anchor: environment,
  example: '0x0',
};

/** A code of libkern or the I/O Kit that has no row: its parts say where to look. */
function unknownCode(code: number): readonly Explained[] {
  if (code === 0) return [explainedBy(success, {}, false)];
  const parts = partsOfCode(code);
  if (parts === undefined) return [];
  const row: CatalogueRow = {
    id: notInCatalogue,
    component: code >>> 26 === 0x38 ? 'IOService' : 'kernel',
    patterns: [],
    code,
    severity: 'error',
    cause: `This code is not in the catalogue. Its parts: ${parts}.`,
    remedy:
      'Look for it in IOKit/IOReturn.h and libkern/OSReturn.h, and in the headers of the family and of the driver that returned it.',
    anchor: environment,
    example: returnCode(code).hex,
  };
  return [explainedBy(row, {}, false)];
}
