import { type Anchor, bundle, type CatalogueRow } from './catalogueRow.ts';
import { finding } from './finding.ts';

const row = {
  component: 'kext library',
  code: 0xdc00800d,
  severity: 'error',
  problem: 'loadFailed',
  itemField: 'path',
} as const;
const file: Anchor = { kind: 'file', path: '{path}' };

/** Findings under `Authentication Failures`: somebody else than root could change the bundle. */
export const authenticationRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'authentication.ownerOrPermissions',
    patterns: [
      ...finding('File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other)', 'path'),
      'Filesystem error: Invalid ownership ({*}) should be (0:0) on {path}',
    ],
    frequency: 'common',
    cause:
      '{path} does not belong to root:wheel, or its group or others may write to it. The rule holds for each file and folder of the bundle.',
    remedy: 'On the installed copy, never on the build product: chown -R root:wheel, then chmod -R go-w.',
    anchor: file,
    example:
      'File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other):\n    Contents/MacOS/Turbine',
  },
  {
    ...row,
    id: 'authentication.symlink',
    patterns: finding(
      'The kext contains a symlink which is either not readable or points outside of its bundle; please remove',
      'path',
    ),
    cause: '{path} is a symbolic link that leads out of the bundle, or nowhere.',
    remedy: 'Put the file itself into the bundle; it usually comes from a copy phase of the build.',
    anchor: file,
    example:
      'The kext contains a symlink which is either not readable or points outside of its bundle; please remove:\n    Contents/Resources/readme',
  },
  {
    ...row,
    id: 'authentication.noUrl',
    patterns: ["Kext was not created from an URL and can't be authenticated"],
    cause: 'The kext came out of memory, not from a file, so there are no owners to look at.',
    remedy: 'Load it from its folder.',
    anchor: bundle,
    example: "Kext was not created from an URL and can't be authenticated",
  },
];
