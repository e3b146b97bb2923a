/**
 * What the kext tools say about signatures, the system's policy and the copies that they stage (kext_tools, security.c and
 * staging.m). The status is a Security error: -67062 unsigned, -67050 and others invalid. Some systems misspell `signature`.
 */
export const signatureTemplates = {
  codeSigningFailed: ['Code Signing Failure: {reason}'],
  rejected: [
    'Kext rejected due to {reason}: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext rejected due to {reason}: {what}',
  ],
  signatureDenied: [
    'Kext with invalid signature ({status:d}) denied: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext with invalid signatured ({status:d}) denied: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext with invalid signature ({status:d}) denied: {what}',
    'Kext with invalid signatured ({status:d}) denied: {what}',
    'Invalid signature {status:d} for kext {what}',
  ],
  unsigned: ['Untrusted kexts are not allowed'],
  notSecure: [
    "{what}'s dependencies failed security checks; failing.",
    '{what} failed security checks; failing.',
    'ERROR: authentication checks failed for {what}, will not load',
    'ERROR: invalid signature for {what}, will not load',
    '{what} has invalid signature; omitting.',
    'Signature failure in dependencies for kext load request.',
  ],
  notStaged: [
    'Kext failed to stage properly: {what}:',
    '{what} could not be staged, failing.',
    'Unable to stage kext ({what}) to secure location.',
    'Bundle ({what}) failed to validate, deleting: {staged}',
  ],
  restartRequired: ['If this kext was just installed, a reboot is required to allow it to load.'],
  memoryRefused: ['Memory allocation failure.'],
} as const;

/** What they say of signatures where the load goes on. */
export const signatureAllowedTemplates = {
  signatureAllowed: [
    'Kext with invalid signature ({status:d}) allowed: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext with invalid signatured ({status:d}) allowed: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext with invalid signature ({status:d}) allowed: {what}',
    'Kext with invalid signatured ({status:d}) allowed: {what}',
    'kext-dev-mode allowing invalid signature {status:d} {*} for kext "{what}"',
    'kext-dev-mode allowing invalid signature {status:d} {*} for kext {what}',
    'kext signature failure override allowing invalid signature {status:d} {*} for kext "{what}"',
    'kext signature failure override allowing invalid signature {status:d} {*} for kext {what}',
  ],
  exceptionAllowed: [
    'kext {url} is in hash exception list, allowing to load',
    'kext {kext}  {version} is in exception list, allowing to load',
    'kext {kext} {version} is in exception list, allowing to load',
  ],
  auditDisabled: ['Disabling KextAudit: SIP is off'],
} as const;
