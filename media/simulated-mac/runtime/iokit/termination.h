// The worker that carries services from inactive to detached, phase by phase (xnu, IOService::terminateWorker).
#pragma once

#include "../kernelHeaders.h"

class Termination {
public:
    static void schedulePhase2(IOService *victim, IOOptionBits options);
    static void scheduleFinalize(IOService *service);
    static void scheduleStop(IOService *client, IOService *provider);
    /// Does one job that is ready. False when there was none.
    static bool runOne();
    /// Waits until a service that is being terminated is no longer busy, 15 seconds at most.
    static void wait(IOService *victim);
    static void detached(IOService *client, IOService *provider);

private:
    static bool isReady(IOService *victim);
    static void phases2And3(IOService *victim, IOOptionBits options);
    static bool finalizeOne();
    static bool stopOne();
};

namespace kernel {

/// Runs all work that is ready, without moving the clock.
void settle();
} // namespace kernel
