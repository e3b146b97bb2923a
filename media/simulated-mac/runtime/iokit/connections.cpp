#include "../core/fibers.h"
#include "services.h"

#include <algorithm>
#include <list>

namespace {
struct Connection {
    uint64_t id;
    task_t process;
    /// NULL after the service's termination: the process holds a dead port.
    OSSharedPtr<IOUserClient> client;
};

std::list<task> tasks;
std::list<Connection> connections;

/// Stays at its address: drivers may keep it.
task_t taskOf(const task &process) {
    for (task &each : tasks)
        if (each.pid == process.pid) return &each;
    tasks.push_back(process);
    return &tasks.back();
}

Service findService(const char *className) {
    for (const Service &service : allServices())
        if (service->metaCast(className) && !service->isInactive() && (service->getState() & kIOServiceRegisteredState))
            return service;
    return nullptr;
}

/// While it exists, the current fiber is a thread of the process. With `locked` it keeps the client's other calls that
/// lock out, and its close: one behind a call that sleeps is blocked (xnu, IOUserClient.cpp, ipcEnter).
class Inside {
public:
    Inside(task_t process, IOUserClient *client, bool locks) : process(process), locked(locks ? client : NULL) {
        process->threads++;
        fibers::enterProcess(process->pid);
        while (locked && locked->__locked) fibers::wait(&locked->__locked);
        if (locked) locked->__locked = true;
    }
    ~Inside() {
        if (locked) {
            locked->__locked = false;
            fibers::wake(&locked->__locked);
        }
        process->threads--;
        fibers::enterProcess(0);
        fibers::wake(&process->threads);
    }
    Inside(const Inside &) = delete;

private:
    task_t process;
    IOUserClient *locked;
};

auto connectionOf(uint64_t id) {
    return std::find_if(connections.begin(), connections.end(), [&](auto &each) { return each.id == id; });
}
} // namespace

IOReturn Connections::open(uint64_t connection, const task &process, const char *serviceClass, UInt32 type) {
    Service service = findService(serviceClass);
    if (!service) return kIOReturnNotFound;
    task_t owner = taskOf(process);
    Inside inside(owner, NULL, false);
    IOUserClient *client = NULL;
    IOReturn result = service->newUserClient(owner, owner, type, NULL, &client);
    if (result != kIOReturnSuccess || !client) return result == kIOReturnSuccess ? kIOReturnUnsupported : result;
    std::string creator = "pid " + std::to_string(process.pid) + ", " + process.name;
    client->setProperty(kIOUserClientCreatorKey, creator.c_str());
    connections.push_back({connection, owner, {client, OSNoRetain}});
    return kIOReturnSuccess;
}

IOReturn Connections::call(uint64_t connection, Call &call) {
    auto found = connectionOf(connection);
    if (found == connections.end() || !found->client) return MACH_SEND_INVALID_DEST;
    OSSharedPtr<IOUserClient> client = found->client;
    bool locks = client->getProperty(kIOUserClientDefaultLockingKey) == kOSBooleanTrue;
    Inside inside(found->process, client.get(), locks);
    IOExternalMethodArguments arguments = {};
    arguments.selector = call.selector;
    arguments.scalarInput = call.scalars.data();
    arguments.scalarInputCount = static_cast<uint32_t>(call.scalars.size());
    arguments.structureInput = call.structure.data();
    arguments.structureInputSize = static_cast<uint32_t>(call.structure.size());
    arguments.scalarOutput = call.scalarOutputs.data();
    arguments.scalarOutputCount = static_cast<uint32_t>(call.scalarOutputs.size());
    arguments.structureOutput = call.structureOutput.data();
    arguments.structureOutputSize = static_cast<uint32_t>(call.structureOutput.size());
    client->__ipc++;
    IOReturn result = client->externalMethod(call.selector, &arguments);
    client->__ipc--;
    Termination::wakeWorker();
    call.scalarOutputs.resize(MIN(arguments.scalarOutputCount, call.scalarOutputs.size()));
    call.structureOutput.resize(MIN(arguments.structureOutputSize, call.structureOutput.size()));
    return result;
}

IOReturn Connections::close(uint64_t connection) {
    auto found = connectionOf(connection);
    if (found == connections.end()) return MACH_SEND_INVALID_DEST;
    OSSharedPtr<IOUserClient> client = found->client;
    task_t process = found->process;
    connections.erase(found);
    if (!client) return MACH_SEND_INVALID_DEST;
    Inside inside(process, client.get(), true);
    if (!client->closed) {
        client->closed = true;
        client->clientClose();
    }
    return kIOReturnSuccess;
}

void Connections::quit(uint64_t pid) {
    fibers::interrupt(pid);
    for (task &process : tasks)
        while (process.pid == pid && process.threads > 0) fibers::wait(&process.threads);
    auto isLeft = [=](const Connection &each) { return each.process->pid == pid; };
    std::list<Connection>::iterator left;
    while ((left = std::find_if(connections.begin(), connections.end(), isLeft)) != connections.end()) {
        OSSharedPtr<IOUserClient> client = left->client;
        connections.erase(left);
        if (client) client->clientDied();
    }
}

void Connections::destroyPorts(IOService *service) {
    for (Connection &each : connections)
        if (each.client.get() == service) each.client.reset();
}
