import { authenticationRows } from './authentication.ts';
import { bootLevelRows } from './bootLevel.ts';
import { callerRefusedRows } from './callerRefused.ts';
import type { CatalogueRow } from './catalogueRow.ts';
import { classRegistrationRows } from './classRegistration.ts';
import { collectionRows } from './collection.ts';
import { dependencyRows } from './dependencies.ts';
import { dependencyRuleRows } from './dependencyRules.ts';
import { exitStatusRows } from './exitStatuses.ts';
import { instanceRows } from './instances.ts';
import { ioReturnRows } from './ioReturns.ts';
import { kernelTroubleRows } from './kernelTrouble.ts';
import { kextcacheRows } from './kextcache.ts';
import { kextdRows } from './kextd.ts';
import { kextunloadRows } from './kextunload.ts';
import { kmutilRows } from './kmutil.ts';
import { kmutilNoticeRows } from './kmutilNotices.ts';
import { linkingRows } from './linking.ts';
import { linkingVtableRows } from './linkingVtables.ts';
import { loadKernelRows } from './loadKernel.ts';
import { loadPolicyRows } from './loadPolicy.ts';
import { loadStartRows } from './loadStart.ts';
import { loadToolRows } from './loadTools.ts';
import { loadTroubleRows } from './loadTrouble.ts';
import { osReturnRows } from './osReturns.ts';
import { otherToolRows } from './otherTools.ts';
import { panicRows } from './panics.ts';
import { signatureCodeRows } from './signatureCodes.ts';
import { terminationRows } from './termination.ts';
import { unloadRows } from './unload.ts';
import { unloadStopRows } from './unloadStop.ts';
import { validationRows } from './validation.ts';
import { warningRows } from './warnings.ts';

/** Every documented way to fail, those of one page together. */
export const catalogue: readonly CatalogueRow[] = [
  ...unloadRows,
  ...unloadStopRows,
  ...instanceRows,
  ...kextunloadRows,
  ...terminationRows,
  ...loadKernelRows,
  ...loadStartRows,
  ...kernelTroubleRows,
  ...classRegistrationRows,
  ...linkingRows,
  ...linkingVtableRows,
  ...collectionRows,
  ...validationRows,
  ...authenticationRows,
  ...dependencyRows,
  ...dependencyRuleRows,
  ...warningRows,
  ...bootLevelRows,
  ...loadToolRows,
  ...loadPolicyRows,
  ...loadTroubleRows,
  ...kmutilRows,
  ...kmutilNoticeRows,
  ...exitStatusRows,
  ...osReturnRows,
  ...ioReturnRows,
  ...signatureCodeRows,
  ...otherToolRows,
  ...callerRefusedRows,
  ...kextcacheRows,
  ...kextdRows,
  ...panicRows,
];
