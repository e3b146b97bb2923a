import { builtDemo, describeRefusals } from './loadSubject.ts';
import { byExecutable, byInfoPlist, byOwner } from './refusedBundles.ts';

const copy = builtDemo();
describeRefusals('An Info.plist', byInfoPlist, copy);
describeRefusals('An executable', byExecutable, copy);
describeRefusals('Files', byOwner, copy);
