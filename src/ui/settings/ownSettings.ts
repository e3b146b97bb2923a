/** What Open Settings is to show: the settings of this extension. */
export const ownSettings = '@ext:kext-dev.kext-dev';
