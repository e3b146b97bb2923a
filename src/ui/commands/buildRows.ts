import * as l10n from '@vscode/l10n';
import type { BuildOptions } from '../../operations/xcode/buildOptions.ts';
import type { XcodeBuild, XcodeChoice } from '../../operations/xcode/xcodeBuild.ts';

/** A line of the list that asks how a kext is built: one between two kinds of choices, or what is chosen with it. */
export interface BuildRow {
  readonly label: string;
  readonly description: string;
  readonly icon: 'check' | 'blank';
  /** The whole choice that follows; undefined for a line between. */
  readonly choice?: XcodeChoice;
}

/** The schemes, configurations and architectures, each with a mark at the one that is built; `chosen`: what was said so far. */
export function buildRows(
  { schemes, configurations, architectures }: BuildOptions,
  build: Pick<XcodeBuild, 'scheme' | 'configuration' | 'architecture'> | undefined,
  chosen: XcodeChoice,
): readonly BuildRow[] {
  const row = (label: string, isBuilt: boolean, change: XcodeChoice, description: string): BuildRow => ({
    label,
    description,
    icon: isBuilt ? 'check' : 'blank',
    choice: { ...chosen, ...change },
  });
  const [scheme, configuration, architecture] = [l10n.t('Scheme'), l10n.t('Configuration'), l10n.t('Architecture')];
  return [
    row(l10n.t('No scheme: the target alone'), build?.scheme === undefined, { scheme: undefined }, scheme),
    ...schemes.map(name => row(name, build?.scheme === name, { scheme: name }, scheme)),
    between,
    ...configurations.map(name => row(name, build?.configuration === name, { configuration: name }, configuration)),
    between,
    row(l10n.t('As the project says'), build?.architecture === undefined, { architecture: undefined }, architecture),
    ...architectures.map(name => row(name, build?.architecture === name, { architecture: name }, architecture)),
  ];
}

/** Each row says of which kind it is: the line says nothing. */
const between: BuildRow = { label: '', description: '', icon: 'blank' };
