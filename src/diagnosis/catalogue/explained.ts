import { type CataloguePage, pageOf } from './cataloguePage.ts';
import type { CatalogueRow } from './catalogueRow.ts';
import { anchorText, filledText } from './filledText.ts';
import type { MessageFields } from './messageForm.ts';
import { type ReturnCode, returnCode } from './returnCode.ts';
import { notInCatalogue } from './unknownStatus.ts';

/** What the catalogue says of a message or a code. */
export interface Explained {
  readonly row: CatalogueRow;
  /** It says less of the text than another match. */
  readonly general: boolean;
  /** It is so because it is one of the cases that the code in the text may stand for. */
  readonly oneCase?: true;
  readonly fields: MessageFields;
  /** With the message's own names in it, as the remedy and the place. */
  readonly cause: string;
  readonly remedy: string;
  /** Where to look: `OSBundleLibraries in the Info.plist`. */
  readonly where: string;
  readonly code: ReturnCode | undefined;
  /** undefined for a code that the catalogue does not have. */
  readonly page: CataloguePage | undefined;
}

/** The row, told with what the message names. */
export function explainedBy(row: CatalogueRow, fields: MessageFields, general: boolean): Explained {
  return {
    row,
    general,
    fields,
    cause: filledText(row.cause, fields),
    remedy: filledText(row.remedy, fields),
    where: anchorText(row.anchor, fields),
    code: row.code === undefined ? undefined : returnCode(row.code),
    page: row.id === notInCatalogue ? undefined : pageOf(row.id),
  };
}
