#include "../core/fibers.h"
#include "services.h"

#include <algorithm>
#include <deque>

namespace {
struct Phase2Job {
    Service victim;
    IOOptionBits options;
};
struct StopJob {
    Service client, provider;
};

std::deque<Phase2Job> phase2Jobs;
std::deque<Service> finalizeJobs;
std::deque<StopJob> stopJobs;
/// The thread that does the work, one at a time: what a driver's callback waits for holds up every other termination.
fibers::Fiber *terminator;
bool workerComes;

/// A driver's callback runs behind the gate of a work loop (xnu, IOService::_workLoopAction).
template <typename Callback> void behindGateOf(const Service &service, Callback callback) {
    OSSharedPtr<IOWorkLoop> loop(service->getWorkLoop(), OSRetain);
    if (loop) loop->closeGate();
    callback();
    if (loop) loop->openGate();
}

void scheduleFinalize(IOService *service) {
    if (!(service->__state[1] & kIOServiceFinalized)) finalizeJobs.emplace_back(service, OSRetain);
    Termination::wakeWorker();
}

/// Phase 2 of each victim waits for matching on it, and for a client's start().
bool isReady(const Phase2Job &job) {
    for (const Service &client : servicesIn(job.victim->children))
        if (client->__state[1] & kIOServiceStartState) return false;
    return !(job.victim->__state[1] & kIOServiceConfigState);
}

// willTerminate from the victim's clients downwards, then didTerminate upwards from the leaves.
bool phases2And3() {
    auto ready = std::find_if(phase2Jobs.begin(), phase2Jobs.end(), isReady);
    if (ready == phase2Jobs.end()) return false;
    Phase2Job job = *ready;
    phase2Jobs.erase(ready);
    if (job.victim->__state[1] & kIOServiceTermPhase2State) return true;
    std::vector<Service> tree = {job.victim};
    for (size_t i = 0; i < tree.size(); i++) {
        Service provider = tree[i];
        provider->__state[1] |= kIOServiceTermPhase2State;
        Notifiers::send(gIOWillTerminateNotification, provider.get());
        behindGateOf(provider, [&] {
            for (const Service &client : servicesIn(provider->children))
                client->willTerminate(provider.get(), job.options);
        });
        for (const Service &client : servicesIn(provider->children)) {
            if (!client->isInactive() || (client->__state[1] & kIOServiceTermPhase2State)) continue;
            Phase2Job below = {client, job.options};
            if (isReady(below))
                tree.push_back(client);
            else
                phase2Jobs.push_back(below);
        }
    }
    std::reverse(tree.begin(), tree.end());
    for (const Service &provider : tree) {
        provider->__state[1] |= kIOServiceTermPhase3State;
        bool isLeaf = !provider->getClient();
        behindGateOf(provider, [&] {
            provider->messageClients(kIOMessageServiceIsTerminated);
            for (const Service &client : servicesIn(provider->children)) {
                bool defer = false;
                client->didTerminate(provider.get(), job.options, &defer);
            }
        });
        if (isLeaf) scheduleFinalize(provider.get());
    }
    return true;
}

/// A user client is finalized when no call is inside any more.
bool finalizeOne() {
    auto ready = std::find_if(finalizeJobs.begin(), finalizeJobs.end(), [](const Service &service) {
        IOUserClient *userClient = OSDynamicCast(IOUserClient, service.get());
        return !userClient || userClient->__ipc == 0;
    });
    if (ready == finalizeJobs.end()) return false;
    Service service = *ready;
    finalizeJobs.erase(ready);
    if (!(service->__state[1] & kIOServiceFinalized)) {
        service->__state[1] |= kIOServiceFinalized;
        behindGateOf(service, [&] { service->finalize(0); });
    }
    return true;
}

void stop(IOService *client, IOService *provider) {
    client->stop(provider);
    if (provider->isOpen(client)) provider->close(client);
    client->detach(provider);
}

/// A client that is terminated itself is finalized before it is stopped.
bool stopOne() {
    auto isAttached = [](const StopJob &job) { return job.client->isParent(job.provider.get(), gIOServicePlane); };
    auto ready = std::find_if(stopJobs.begin(), stopJobs.end(), [&](const StopJob &job) {
        return !isAttached(job) || !job.client->isInactive() || (job.client->__state[1] & kIOServiceFinalized);
    });
    if (ready == stopJobs.end()) return false;
    StopJob job = *ready;
    stopJobs.erase(ready);
    if (isAttached(job)) behindGateOf(job.provider, [&] { stop(job.client.get(), job.provider.get()); });
    return true;
}

void work() {
    while (terminator) fibers::wait(&terminator);
    terminator = fibers::current();
    while (phases2And3() || finalizeOne() || stopOne()) {
    }
    terminator = nullptr;
    fibers::wake(&terminator);
}
} // namespace

void Termination::wakeWorker() {
    if (workerComes) return;
    workerComes = true;
    fibers::spawn("IOServiceTerminateThread", [] {
        workerComes = false;
        work();
    });
}

bool Termination::isIdle() { return !terminator && !workerComes; }

void Termination::scheduleStop(IOService *client, IOService *provider) {
    stopJobs.push_back({{client, OSRetain}, {provider, OSRetain}});
    wakeWorker();
}

// A service that leaves its last provider is no longer busy; one that leaves its first makes the next one busy.
void Termination::detach(IOService *client, IOService *provider) {
    Service kept(client, OSRetain);
    if (client->isInactive() && client->isParent(provider, gIOServicePlane, true) && client->getBusyState() > 0)
        client->adjustBusy(-1);
    bool counts = client->getBusyState() > 0 && client->getProvider() == provider;
    if (counts) provider->adjustBusy(-1);
    client->detachFromParent(provider, gIOServicePlane);
    if (counts && client->getProvider()) client->getProvider()->adjustBusy(1);
    if ((provider->__state[1] & kIOServiceTermPhase3State) && !provider->getClient()) scheduleFinalize(provider);
}

// Phase 1, in the caller: this service and every client that agrees become inactive.
bool IOService::terminate(IOOptionBits options) {
    if (isInactive()) return true;
    options |= kIOServiceTerminate;
    std::vector<Service> victims = {Service(this, OSRetain)};
    for (size_t i = 0; i < victims.size(); i++) {
        Service victim = victims[i];
        if (victim->isInactive()) continue;
        victim->adjustBusy(1);
        victim->__state[0] = kIOServiceInactiveState;
        Notifiers::send(gIOTerminatedNotification, victim.get());
        Connections::destroyPorts(victim.get());
        for (const Service &client : servicesIn(victim->children))
            if (client->requestTerminate(victim.get(), options)) victims.push_back(client);
    }
    phase2Jobs.push_back({victims[0], options});
    // Who waits does the work himself, unless he is called by it: he would wait for himself.
    if ((options & kIOServiceSynchronous) && fibers::current() != terminator) {
        work();
        if (waitQuiet(15000 * kernel::millisecond) != kIOReturnSuccess)
            kernel::logLine("%s[0x%llx]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT. Attempting to "
                            "auto-resolve your deadlock. PLEASE FIX!",
                            getName(), static_cast<unsigned long long>(getRegistryEntryID()));
    } else {
        Termination::wakeWorker();
    }
    return true;
}

bool IOService::terminateClient(IOService *client, IOOptionBits options) {
    return !client->isParent(this, gIOServicePlane, true) || client->terminate(options);
}

void IOService::setTerminateDefer(IOService *, bool defer) {
    constexpr UInt32 start = kIOServiceStartState;
    __state[1] = (__state[1] & ~start) | (defer ? start : 0);
    if (!defer) Termination::wakeWorker();
}

bool IOService::requestTerminate(IOService *provider, IOOptionBits) {
    return isParent(provider, gIOServicePlane, true);
}

bool IOService::willTerminate(IOService *, IOOptionBits) { return true; }

bool IOService::didTerminate(IOService *provider, IOOptionBits, bool *defer) {
    if (*defer) return true;
    if (provider->isOpen(this)) message(kIOMessageServiceIsRequestingClose, provider);
    if (!provider->isOpen(this)) Termination::scheduleStop(this, provider);
    return true;
}

// One whose provider goes, too, was scheduled by didTerminate or will be by close.
bool IOService::finalize(IOOptionBits) {
    for (const Service &provider : servicesIn(parents))
        if (!(provider->__state[1] & kIOServiceTermPhase3State)) Termination::scheduleStop(this, provider.get());
    return true;
}
