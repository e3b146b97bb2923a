// IOService: life cycle, open and close, busy state, user clients.
#include "services.h"

OSDefineMetaClassAndStructors(IOService, IORegistryEntry)

IOService *IOService::probe(IOService *, SInt32 *) { return this; }
bool IOService::start(IOService *) { return true; }
void IOService::stop(IOService *) {}

bool IOService::attach(IOService *provider) {
    if (!provider)
        return attachToParent(getRegistryRoot(), gIOServicePlane);
    return !provider->isInactive() && attachToParent(provider, gIOServicePlane);
}

void IOService::detach(IOService *provider) {
    if (isParent(provider, gIOServicePlane))
        Termination::detach(this, provider);
}

void IOService::registerService(IOOptionBits) {
    if (!inPlane())
        IOLog("%s: not registry member at registerService()\n", getName());
    else if (!isInactive())
        Matching::schedule(this);
}

bool IOService::open(IOService *forClient, IOOptionBits, void *) {
    if (!owner && !isInactive())
        owner = forClient;
    return owner == forClient && !isInactive();
}

void IOService::close(IOService *forClient, IOOptionBits) {
    if (owner != forClient)
        return;
    owner = NULL;
    if (__state[1] & kIOServiceTermPhase3State)
        Termination::scheduleStop(forClient, this);
    messageClients(kIOMessageServiceWasClosed);
}

bool IOService::isOpen(const IOService *forClient) const { return forClient ? owner == forClient : owner != NULL; }

IOReturn IOService::message(UInt32, IOService *, void *) { return kIOReturnUnsupported; }

IOReturn IOService::messageClients(UInt32 type, void *argument, size_t) {
    for (const Service &client : servicesIn(children))
        client->message(type, this, argument);
    return kIOReturnSuccess;
}

IOService *IOService::getProvider() const {
    return parents ? OSDynamicCast(IOService, parents->getObject(0)) : NULL;
}

IOService *IOService::getClient() const {
    return children ? OSDynamicCast(IOService, children->getObject(0)) : NULL;
}

// A provider is busy while a client is: the change goes up as long as somebody's count leaves or reaches zero.
void IOService::adjustBusy(SInt32 delta) {
    UInt32 before = getBusyState(), after = (before + static_cast<UInt32>(delta)) & kIOServiceBusyStateMask;
    __state[1] = (__state[1] & ~kIOServiceBusyStateMask) | after;
    if ((before == 0) == (after == 0))
        return;
    if (after)
        busySince = kernel::now;
    else
        busyTime += kernel::now - busySince;
    if (IOService *provider = getProvider())
        provider->adjustBusy(after ? 1 : -1);
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
    OSSharedPtr<OSObject> object(OSMetaClass::allocClassWithName(className->getCStringNoCopy()), OSNoRetain);
    IOUserClient *client = OSDynamicCast(IOUserClient, object.get());
    if (!client)
        return object ? kIOReturnUnsupported : kIOReturnNoMemory;
    if (!client->initWithTask(owningTask, securityID, type, properties))
        return kIOReturnBadArgument;
    if (!client->attach(this))
        return kIOReturnUnsupported;
    if (!client->start(this)) {
        client->detach(this);
        return kIOReturnUnsupported;
    }
    object.detach();
    *handler = client;
    return kIOReturnSuccess;
}
