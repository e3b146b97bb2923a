// The catalogue of personalities, and the matching of registered services against it.
#pragma once

#include "../kernelHeaders.h"

class Matching {
public:
    /// Makes the root of the registry, the platform expert and IOResources.
    static void boot(const char *model);
    static void addPersonalities(const OSArray *personalities);
    /// Drops a kext's personalities. Nothing is matched again (xnu, IOCatalogue::terminateDriversForModule).
    static void removePersonalities(const char *bundleIdentifier);
    static void schedule(IOService *service);
    /// Schedules every registered service.
    static void scheduleAll();
    /// Does one scheduled job. False when there was none.
    static bool runOne();

private:
    static void match(IOService *provider);
    static bool accepts(IOService *provider, OSDictionary *personality, SInt32 *score);
    static IOService *probe(IOService *provider, OSDictionary *personality, SInt32 *score);
    static bool start(IOService *driver, IOService *provider);
};
