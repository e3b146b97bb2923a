import { pattern, type Rewrite } from './pattern.ts';

const team = '[A-Z0-9]{10}(?![A-Z0-9])';
const ofPerson = 'Apple Development|(?:Mac|iPhone) Developer';
const ofCompany =
  'Apple Distribution|(?:Mac|iPhone) Distribution|Developer ID (?:Application|Installer|Kext)|3rd Party Mac Developer (?:Application|Installer)';
const signer = String.raw`[^"'\\\n:() ]{1,60}(?: [^"'\\\n:() ]{1,60}){0,6}`;

/**
 * Whoever signs code: teams, and the names and certificates of those who belong to them:
 *   TeamIdentifier=AB12CD34EF, team ID 'AB12CD34EF', DEVELOPMENT_TEAM\=AB12CD34EF, AB12CD34EF.com.frobco.driver
 *   Authority=Developer ID Application: Frobco Inc. (AB12CD34EF)
 *   /usr/bin/codesign --force --sign 0123456789ABCDEF0123456789ABCDEF01234567
 */
export const signatures: readonly Rewrite[] = [
  pattern('user', new RegExp(String.raw`(?<=\b(?:${ofPerson}): )${signer}`, 'g'), () => true, { reach: 'word' }),
  pattern('signature', new RegExp(String.raw`(?<=\b(?:${ofCompany}): )${signer}`, 'g'), () => true, { reach: 'word' }),
  pattern('signature', new RegExp(String.raw`(?<=\b(?:${ofPerson}|${ofCompany}): ${signer} \()${team}(?=\))`, 'g')),
  pattern(
    'signature',
    new RegExp(
      String.raw`(?<=\b(?:[Tt][Ee][Aa][Mm][ _-]?(?:I[Dd]|[Ii]d)(?:entifiers?|s)?|DEVELOPMENT_TEAM)(?:["'\\\s:=(]{1,6}| is ))${team}`,
      'g',
    ),
  ),
  pattern('signature', /(?<![\w.-])(?=\w*\d)[A-Z0-9]{10}(?=\.(?:com|org|net|io|de)\.)/g),
  pattern('signature', /(?<=\bcodesign\b.{0,200} (?:--sign|-s) )[0-9A-F]{40}(?![0-9A-F])/g, () => true, { hex: true }),
];
