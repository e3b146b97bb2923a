// IOService: life cycle, open and close, busy state, user clients.
#include "../core/clock.h"
#include "forEachService.h"
#include "matching.h"
#include "termination.h"

OSDefineMetaClassAndStructors(IOService, IORegistryEntry)

using kernel::forEachService;

void IOService::free() { IORegistryEntry::free(); }
IOService *IOService::probe(IOService *, SInt32 *) { return this; }
bool IOService::start(IOService *) { return true; }
void IOService::stop(IOService *) {}

bool IOService::attach(IOService *provider) {
    if (!provider)
        return attachToParent(getRegistryRoot(), gIOServicePlane);
    return !provider->isInactive() && attachToParent(provider, gIOServicePlane);
}

void IOService::detach(IOService *provider) {
    if (isParent(provider, gIOServicePlane)) {
        retain();
        Termination::detached(this, provider);
        release();
    }
}

void IOService::registerService(IOOptionBits) {
    if (!inPlane())
        IOLog("%s: not registry member at registerService()\n", getName());
    else if (!isInactive())
        Matching::schedule(this);
}

bool IOService::open(IOService *forClient, IOOptionBits options, void *argument) {
    return !isInactive() && handleOpen(forClient, options, argument);
}

void IOService::close(IOService *forClient, IOOptionBits options) {
    if (!handleIsOpen(forClient))
        return;
    handleClose(forClient, options);
    if ((__state[1] & kIOServiceTermPhase3State) && !handleIsOpen(forClient))
        Termination::scheduleStop(forClient, this);
    messageClients(kIOMessageServiceWasClosed);
}

bool IOService::isOpen(const IOService *forClient) const { return handleIsOpen(forClient); }

bool IOService::handleOpen(IOService *forClient, IOOptionBits options, void *) {
    if (owner && owner != forClient && (options & kIOServiceSeize))
        messageClient(kIOMessageServiceIsRequestingClose, owner);
    if (owner && owner != forClient)
        return false;
    owner = forClient;
    return true;
}

void IOService::handleClose(IOService *forClient, IOOptionBits) {
    if (owner == forClient)
        owner = NULL;
}

bool IOService::handleIsOpen(const IOService *forClient) const {
    return forClient ? owner == forClient : owner != NULL;
}

IOReturn IOService::message(UInt32, IOService *, void *) { return kIOReturnUnsupported; }

IOReturn IOService::messageClient(UInt32 type, OSObject *client, void *argument, size_t) {
    IOService *service = OSDynamicCast(IOService, client);
    return service ? service->message(type, this, argument) : kIOReturnBadArgument;
}

IOReturn IOService::messageClients(UInt32 type, void *argument, size_t size) {
    forEachService(getClientIterator(), [&](IOService *client) { messageClient(type, client, argument, size); });
    return kIOReturnSuccess;
}

IOService *IOService::getProvider() const { return OSDynamicCast(IOService, getParentEntry(gIOServicePlane)); }
IOService *IOService::getClient() const { return OSDynamicCast(IOService, getChildEntry(gIOServicePlane)); }
OSIterator *IOService::getProviderIterator() const { return getParentIterator(gIOServicePlane); }
OSIterator *IOService::getClientIterator() const { return getChildIterator(gIOServicePlane); }

// A provider is busy while a client is: the change goes up as long as somebody's count leaves or reaches zero.
void IOService::adjustBusy(SInt32 delta) {
    IOService *service = this;
    while (service && delta != 0) {
        UInt32 before = service->getBusyState(), after = (before + delta) & kIOServiceBusyStateMask;
        service->__state[1] = (service->__state[1] & ~kIOServiceBusyStateMask) | after;
        if ((before == 0) == (after == 0))
            return;
        if (after)
            service->busySince = kernel::now;
        else
            service->busyTime += kernel::now - service->busySince;
        delta = after ? 1 : -1;
        service = service->getProvider();
    }
}

uint64_t IOService::getAccumulatedBusyTime() const {
    return busyTime + (__state[1] & kIOServiceBusyStateMask ? kernel::now - busySince : 0);
}

IOReturn IOService::newUserClient(task_t, void *, UInt32, IOUserClient **) { return kIOReturnUnsupported; }

IOReturn IOService::newUserClient(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties,
                                  IOUserClient **handler) {
    IOReturn result = newUserClient(owningTask, securityID, type, handler);
    OSString *className = OSDynamicCast(OSString, getProperty(kIOUserClientClassKey));
    if (result != kIOReturnUnsupported || !className)
        return result;
    OSObject *object = OSMetaClass::allocClassWithName(className);
    IOUserClient *client = OSDynamicCast(IOUserClient, object);
    if (!client) {
        OSSafeRelease(object);
        return object ? kIOReturnUnsupported : kIOReturnNoMemory;
    }
    if (!client->initWithTask(owningTask, securityID, type, properties)) {
        client->release();
        return kIOReturnBadArgument;
    }
    bool attached = client->attach(this);
    if (!attached || !client->start(this)) {
        if (attached)
            client->detach(this);
        client->release();
        return kIOReturnUnsupported;
    }
    *handler = client;
    return kIOReturnSuccess;
}
