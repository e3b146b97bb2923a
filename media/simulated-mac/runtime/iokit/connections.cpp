#include "connections.h"

#include "forEachService.h"

#include <cstdio>
#include <deque>

namespace {
struct Connection {
    uint64_t id;
    uint64_t pid;
    /// NULL after the service's termination: the process holds a dead port.
    IOUserClient *client;
};

std::deque<task> tasks;
std::vector<Connection> connections;

task_t taskOf(uint64_t pid, const std::string &name) {
    for (task &each : tasks)
        if (each.pid == pid)
            return &each;
    tasks.push_back({pid, name});
    return &tasks.back();
}

size_t indexOf(uint64_t id) {
    size_t index = 0;
    while (index < connections.size() && connections[index].id != id)
        index++;
    return index;
}

IOService *findService(IORegistryEntry *below, const char *className) {
    IOService *found = NULL;
    kernel::forEachService(below->getChildIterator(gIOServicePlane), [&](IOService *service) {
        bool active = (service->getState() & kIOServiceRegisteredState) && !service->isInactive();
        if (!found)
            found = active && service->metaCast(className) ? service : findService(service, className);
    });
    return found;
}
} // namespace

IOReturn Connections::open(uint64_t connection, uint64_t pid, const std::string &process, const char *serviceClass,
                           UInt32 type) {
    IOService *service = findService(IORegistryEntry::getRegistryRoot(), serviceClass);
    if (!service)
        return kIOReturnNotFound;
    service->retain();
    task_t owner = taskOf(pid, process);
    IOUserClient *client = NULL;
    IOReturn result = service->newUserClient(owner, owner, type, NULL, &client);
    service->release();
    if (result != kIOReturnSuccess || !client)
        return result == kIOReturnSuccess ? kIOReturnUnsupported : result;
    char creator[128];
    snprintf(creator, sizeof creator, "pid %llu, %s", static_cast<unsigned long long>(pid), process.c_str());
    client->setProperty(kIOUserClientCreatorKey, creator);
    connections.push_back({connection, pid, client});
    return kIOReturnSuccess;
}

IOReturn Connections::call(uint64_t connection, Call &call) {
    size_t index = indexOf(connection);
    IOUserClient *client = index < connections.size() ? connections[index].client : NULL;
    if (!client)
        return MACH_SEND_INVALID_DEST;
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
    client->retain();
    client->__ipc++;
    IOReturn result = client->externalMethod(call.selector, &arguments);
    client->__ipc--;
    client->release();
    call.scalarOutputs.resize(MIN(arguments.scalarOutputCount, call.scalarOutputs.size()));
    call.structureOutput.resize(MIN(arguments.structureOutputSize, call.structureOutput.size()));
    return result;
}

IOReturn Connections::close(uint64_t connection) {
    size_t index = indexOf(connection);
    IOUserClient *client = index < connections.size() ? connections[index].client : NULL;
    if (index < connections.size())
        connections.erase(connections.begin() + static_cast<ptrdiff_t>(index));
    if (!client)
        return MACH_SEND_INVALID_DEST;
    if (!client->closed) {
        client->closed = true;
        client->clientClose();
    }
    client->release();
    return kIOReturnSuccess;
}

void Connections::quit(uint64_t pid) {
    for (size_t i = 0; i < connections.size();) {
        if (connections[i].pid != pid) {
            i++;
            continue;
        }
        IOUserClient *client = connections[i].client;
        connections.erase(connections.begin() + static_cast<ptrdiff_t>(i));
        if (client) {
            client->clientDied();
            client->release();
        }
    }
}

void Connections::destroyPorts(IOService *service) {
    for (Connection &connection : connections) {
        if (connection.client == service) {
            connection.client = NULL;
            service->release();
        }
    }
}
