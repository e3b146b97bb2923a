import type { Anchor, CatalogueRow } from './catalogueRow.ts';

interface SignatureStatus {
  /** As the tools print it, signed. */
  readonly status: number;
  readonly symbol: string;
  readonly cause: string;
  readonly remedy: string;
}

const sign = 'Sign the bundle last, after every other change, with a Developer ID for kexts.';

/** Statuses of Security (CSCommon.h, cssmerr.h) that the kext tools print of a signature. */
export const signatureStatuses: readonly SignatureStatus[] = [
  {
    status: -67062,
    symbol: 'errSecCSUnsigned',
    cause: 'The bundle is not signed at all.',
    remedy: `${sign} On a machine for development lower the security instead.`,
  },
  {
    status: -67061,
    symbol: 'errSecCSSignatureFailed',
    cause: 'The code or the signature was changed after it was signed.',
    remedy: sign,
  },
  {
    status: -67054,
    symbol: 'errSecCSBadResource',
    cause: 'A file that the signature seals is missing, or was changed after it was signed.',
    remedy: `${sign} codesign --verify --verbose=4 names the file.`,
  },
  {
    status: -67050,
    symbol: 'errSecCSReqFailed',
    cause:
      'The signature does not meet what the system asks of a kext: it is not by a Developer ID for kexts, or a file that it seals does not fit.',
    remedy: `${sign} codesign --verify --verbose=4 tells of a file that does not fit.`,
  },
  {
    status: -67030,
    symbol: 'errSecCSInfoPlistFailed',
    cause: 'The Info.plist was changed after the bundle was signed.',
    remedy: sign,
  },
  {
    status: -67023,
    symbol: 'errSecCSResourceDirectoryFailed',
    cause: 'The list of sealed files (_CodeSignature/CodeResources) was changed, or a file that it names.',
    remedy: sign,
  },
  {
    status: -2147409652,
    symbol: 'CSSMERR_TP_CERT_REVOKED',
    cause: 'The certificate by which the bundle is signed was revoked.',
    remedy: 'Sign it by a certificate that is valid.',
  },
];

const anchor: Anchor = { kind: 'file', path: 'Contents/_CodeSignature' };

/** One row for each: `signatureCodes.errSecCSUnsigned`. */
export const signatureCodeRows: readonly CatalogueRow[] = signatureStatuses.map(
  ({ status, symbol, cause, remedy }): CatalogueRow => ({
    id: `signatureCodes.${symbol}`,
    component: 'kext library',
    patterns: [],
    code: status >>> 0,
    summary: true,
    severity: 'error',
    cause,
    remedy,
    anchor,
    example: String(status),
  }),
);
