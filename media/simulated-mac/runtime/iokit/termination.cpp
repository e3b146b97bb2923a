#include "termination.h"

#include "../core/clock.h"
#include "../core/log.h"
#include "forEachService.h"
#include "connections.h"
#include "matching.h"

#include <algorithm>
#include <deque>
#include <vector>

using kernel::forEachService;

namespace {
struct Phase2Job {
    IOService *victim;
    IOOptionBits options;
};
struct StopJob {
    IOService *client;
    IOService *provider;
};

// Each job retains its services.
std::deque<Phase2Job> phase2Jobs;
std::deque<IOService *> finalizeJobs;
std::deque<StopJob> stopJobs;
} // namespace

void kernel::settle() {
    while (Matching::runOne() || Termination::runOne()) {
    }
}

bool IOService::terminateClient(IOService *client, IOOptionBits options) {
    return client->isParent(this, gIOServicePlane, true) && client->terminate(options);
}

bool IOService::requestTerminate(IOService *provider, IOOptionBits) {
    return isParent(provider, gIOServicePlane, true);
}

bool IOService::willTerminate(IOService *, IOOptionBits) { return true; }

bool IOService::didTerminate(IOService *provider, IOOptionBits, bool *defer) {
    if (*defer)
        return true;
    __state[1] &= ~kIOServiceTerminationDeferred;
    if (provider->handleIsOpen(this))
        message(kIOMessageServiceIsRequestingClose, provider);
    if (!provider->handleIsOpen(this))
        Termination::scheduleStop(this, provider);
    return true;
}

// Phase 1, in the caller: this service and every client that agrees become inactive.
bool IOService::terminate(IOOptionBits options) {
    if (isInactive())
        return true;
    std::vector<IOService *> victims = {this};
    retain();
    for (size_t i = 0; i < victims.size(); i++) {
        IOService *victim = victims[i];
        if (victim->isInactive())
            continue;
        victim->adjustBusy(1);
        victim->__state[0] = kIOServiceInactiveState;
        victim->__state[1] |= kIOServiceTermPhase1State;
        Connections::destroyPorts(victim);
        forEachService(victim->getClientIterator(), [&](IOService *client) {
            if (client->requestTerminate(victim, options | kIOServiceTerminate)) {
                client->retain();
                victims.push_back(client);
            }
        });
    }
    for (IOService *victim : victims)
        victim->__state[1] &= ~kIOServiceTermPhase1State;
    Termination::schedulePhase2(this, options | kIOServiceTerminate);
    if (options & kIOServiceSynchronous)
        Termination::wait(this);
    for (IOService *victim : victims)
        victim->release();
    return true;
}

bool IOService::finalize(IOOptionBits) {
    forEachService(getProviderIterator(), [this](IOService *provider) {
        if (provider->__state[1] & kIOServiceTermPhase3State) {
            bool defer = (__state[1] & kIOServiceTerminationDeferred) != 0;
            IOService::didTerminate(provider, 0, &defer);
            return;
        }
        // This service was terminated by itself, its provider stays.
        stop(provider);
        if (provider->handleIsOpen(this))
            provider->close(this);
        detach(provider);
    });
    return true;
}

void Termination::schedulePhase2(IOService *victim, IOOptionBits options) {
    victim->retain();
    phase2Jobs.push_back({victim, options});
}

void Termination::scheduleFinalize(IOService *service) {
    if (!(service->__state[1] & kIOServiceFinalized)) {
        service->retain();
        finalizeJobs.push_back(service);
    }
}

void Termination::scheduleStop(IOService *client, IOService *provider) {
    client->retain();
    provider->retain();
    stopJobs.push_back({client, provider});
}

bool Termination::runOne() {
    auto ready = std::find_if(phase2Jobs.begin(), phase2Jobs.end(), [](auto &job) { return isReady(job.victim); });
    if (ready == phase2Jobs.end())
        return finalizeOne() || stopOne();
    Phase2Job job = *ready;
    phase2Jobs.erase(ready);
    phases2And3(job.victim, job.options);
    job.victim->release();
    return true;
}

/// Phase 2 waits for matching on the victim, and for a client's start().
bool Termination::isReady(IOService *victim) {
    bool ready = !(victim->__state[1] & kIOServiceConfigState);
    forEachService(victim->getClientIterator(),
                   [&](IOService *client) { ready = ready && !(client->__state[1] & kIOServiceStartState); });
    return ready;
}

// willTerminate from the victim's clients downwards, then didTerminate upwards from the leaves.
void Termination::phases2And3(IOService *victim, IOOptionBits options) {
    std::vector<IOService *> tree = {victim};
    victim->retain();
    for (size_t i = 0; i < tree.size(); i++) {
        IOService *provider = tree[i];
        provider->__state[1] |= kIOServiceTermPhase2State;
        forEachService(provider->getClientIterator(), [&](IOService *client) {
            client->willTerminate(provider, options);
            if (client->isInactive() && !(client->__state[1] & kIOServiceTermPhase2State)) {
                client->retain();
                tree.push_back(client);
            }
        });
    }
    std::reverse(tree.begin(), tree.end());
    for (IOService *provider : tree) {
        provider->__state[1] |= kIOServiceTermPhase3State;
        provider->messageClients(kIOMessageServiceIsTerminated);
        forEachService(provider->getClientIterator(), [&](IOService *client) {
            bool defer = false;
            client->didTerminate(provider, options, &defer);
            if (defer)
                client->__state[1] |= kIOServiceTerminationDeferred;
        });
        if (!provider->getClient())
            scheduleFinalize(provider);
        provider->release();
    }
}

bool Termination::finalizeOne() {
    for (auto job = finalizeJobs.begin(); job != finalizeJobs.end(); job++) {
        IOService *service = *job;
        IOUserClient *userClient = OSDynamicCast(IOUserClient, service);
        if (userClient && userClient->__ipc > 0)
            continue;
        finalizeJobs.erase(job);
        if (!(service->__state[1] & kIOServiceFinalized)) {
            service->__state[1] |= kIOServiceFinalized;
            service->finalize(0);
        }
        service->release();
        return true;
    }
    return false;
}

bool Termination::stopOne() {
    for (auto each = stopJobs.begin(); each != stopJobs.end(); each++) {
        StopJob job = *each;
        bool attached = job.provider->isChild(job.client, gIOServicePlane);
        if (attached && job.client->isInactive() && !(job.client->__state[1] & kIOServiceFinalized))
            continue;
        stopJobs.erase(each);
        if (attached) {
            job.client->stop(job.provider);
            if (job.provider->handleIsOpen(job.client))
                job.provider->close(job.client);
            job.client->detach(job.provider);
        }
        job.client->release();
        job.provider->release();
        return true;
    }
    return false;
}

/// A service that leaves its last provider is no longer busy; a terminated provider that loses its last client is
/// finalized in turn.
void Termination::detached(IOService *client, IOService *provider) {
    if (client->isInactive() && client->isParent(provider, gIOServicePlane, true) && client->getBusyState() > 0)
        client->adjustBusy(-1);
    if (client->getBusyState() > 0 && client->getProvider() == provider)
        provider->adjustBusy(-1);
    client->detachFromParent(provider, gIOServicePlane);
    if ((provider->__state[1] & kIOServiceTermPhase3State) && !provider->getClient())
        scheduleFinalize(provider);
}

void Termination::wait(IOService *victim) {
    kernel::settle();
    if (victim->getBusyState() == 0)
        return;
    kernel::now += 15 * kernel::second;
    kernel::logLine("%s[0x%llx]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT. Attempting to auto-resolve your "
                    "deadlock. PLEASE FIX!",
                    victim->getName(), static_cast<unsigned long long>(victim->getRegistryEntryID()));
}
