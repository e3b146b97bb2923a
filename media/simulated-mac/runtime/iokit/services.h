// What the parts of I/O Kit offer each other and the rest of the kernel.
#pragma once

#include "../kernel.h"

#include <string>
#include <vector>

using Service = OSSharedPtr<IOService>;

/// The services in a list of parents or children, which may change meanwhile.
std::vector<Service> servicesIn(const OSSharedPtr<OSArray> &entries);
/// What the next registry entry is called by.
uint64_t &nextRegistryEntryID();
/// The services of the registry, each before its clients.
std::vector<Service> allServices();

/// The catalogue of personalities, and the matching of registered services against it.
namespace Matching {
/// Whether a table of matching keys describes the service.
bool isMatch(IOService *service, OSDictionary *table);
/// Makes the root of the registry, the platform expert and IOResources.
void boot(const char *model);
/// A device comes: its nub, an IOPlatformDevice of that name, is published below the platform expert.
void plug(const char *name);
/// It goes, whatever is open: the nub is terminated.
IOReturn unplug(const char *name);
void addPersonalities(const OSArray *personalities);
/// Drops a kext's personalities. Nothing is matched again (xnu, IOCatalogue::terminateDriversForModule).
void removePersonalities(const char *bundleIdentifier);
/// A thread of its own probes and starts drivers on the service.
void schedule(IOService *service);
/// Schedules every registered service.
void scheduleAll();
/// Whether no driver is being probed or started.
bool isIdle();
} // namespace Matching

/// The worker that carries services from inactive to detached, phase by phase (xnu, IOService::terminateWorker).
namespace Termination {
void scheduleStop(IOService *client, IOService *provider);
/// Detaches the client, and finalizes a terminated provider that has lost its last one.
void detach(IOService *client, IOService *provider);
/// Looks for work that is ready: something that it waited for has come.
void wakeWorker();
/// Whether no callback of a driver is running.
bool isIdle();
} // namespace Termination

/// The notifications that drivers asked for.
namespace Notifiers {
/// Makes the names of the notifications' types.
void boot();
/// A service has come, was matched, or goes.
void send(const OSSymbol *type, IOService *service);
/// What a service tells those who are interested in it.
void tell(IOService *service, UInt32 message, void *argument, size_t size);
/// The service's memory goes.
void forget(IOService *service);
/// Wakes those that wait for a service.
void published();
} // namespace Notifiers

/// A process.
struct task {
    uint64_t pid;
    std::string name;
    /// How many of its threads are in the kernel.
    unsigned threads;
};

/// Arguments and results of one external method.
struct Call {
    uint32_t selector;
    std::vector<uint64_t> scalars, scalarOutputs;
    std::string structure, structureOutput;
};

/// The user clients that processes have open.
namespace Connections {
/// Opens the first active registered service of that class.
IOReturn open(uint64_t connection, const task &process, const char *serviceClass, UInt32 type);
IOReturn call(uint64_t connection, Call &call);
IOReturn close(uint64_t connection);
/// The process ends: its threads are interrupted, and when all have left the kernel, what it left open learns that its
/// client died.
void quit(uint64_t pid);
/// A terminated service loses its port, and with it the reference that the process's connection held.
void destroyPorts(IOService *service);
} // namespace Connections
