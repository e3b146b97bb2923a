// IOService: life cycle, open and close, busy state, user clients.
#include "../core/fibers.h"
#include "services.h"

OSDefineMetaClassAndStructors(IOService, IORegistryEntry)

IOService *IOService::probe(IOService *, SInt32 *) { return this; }
bool IOService::start(IOService *) { return true; }
void IOService::stop(IOService *) {}

bool IOService::attach(IOService *provider) {
    if (!provider) return attachToParent(getRegistryRoot(), gIOServicePlane);
    return !provider->isInactive() && attachToParent(provider, gIOServicePlane);
}

void IOService::detach(IOService *provider) {
    if (isParent(provider, gIOServicePlane)) Termination::detach(this, provider);
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
    if (!handleIsOpen(forClient)) return;
    handleClose(forClient, options);
    if (__state[1] & kIOServiceTermPhase3State)
        Termination::scheduleStop(forClient, this);
    else
        for (const Service &client : servicesIn(children))
            if (client != forClient) client->message(kIOMessageServiceWasClosed, this);
}

bool IOService::isOpen(const IOService *forClient) const { return handleIsOpen(forClient); }

// One that has it open is asked to close where another one seizes it, and has to say that it did.
bool IOService::handleOpen(IOService *forClient, IOOptionBits options, void *) {
    bool seizes = owner && (options & kIOServiceSeize);
    if (seizes && messageClient(kIOMessageServiceIsRequestingClose, owner) != kIOReturnSuccess) return false;
    if (owner) return false;
    owner = forClient;
    return true;
}

void IOService::handleClose(IOService *forClient, IOOptionBits) {
    if (owner == forClient) owner = NULL;
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
    for (const Service &client : servicesIn(children)) client->message(type, this, argument);
    Notifiers::tell(this, type, argument, size);
    return kIOReturnSuccess;
}

void IOService::free() {
    Notifiers::forget(this);
    IORegistryEntry::free();
}

IOService *IOService::getProvider() const { return parents ? OSDynamicCast(IOService, parents->getObject(0)) : NULL; }

IOService *IOService::getClient() const { return children ? OSDynamicCast(IOService, children->getObject(0)) : NULL; }

IOWorkLoop *IOService::getWorkLoop() const {
    IOService *provider = getProvider();
    return provider ? provider->getWorkLoop() : NULL;
}

// A provider is busy while a client is: the change goes up as long as somebody's count leaves or reaches zero.
void IOService::adjustBusy(SInt32 delta) {
    for (IOService *service = this; service; service = service->getProvider()) {
        UInt32 &state = service->__state[1];
        UInt32 before = state & kIOServiceBusyStateMask;
        UInt32 after = (before + static_cast<UInt32>(delta)) & kIOServiceBusyStateMask;
        state = (state & ~kIOServiceBusyStateMask) | after;
        if ((before == 0) == (after == 0)) return;
        if (after) {
            service->busySince = kernel::now;
        } else {
            service->busyTime += kernel::now - service->busySince;
            fibers::wake(&state);
        }
        delta = after ? 1 : -1;
    }
}

IOReturn IOService::waitQuiet(uint64_t timeout) {
    uint64_t deadline = timeout > fibers::never - kernel::now ? fibers::never : kernel::now + timeout;
    while (getBusyState() > 0)
        if (fibers::wait(&__state[1], deadline) == THREAD_TIMED_OUT) return kIOReturnTimeout;
    return kIOReturnSuccess;
}

uint64_t IOService::getAccumulatedBusyTime() const {
    return busyTime + (__state[1] & kIOServiceBusyStateMask ? kernel::now - busySince : 0);
}

IOReturn IOService::newUserClient(task_t, void *, UInt32, IOUserClient **) { return kIOReturnUnsupported; }

IOReturn IOService::newUserClient(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties,
                                  IOUserClient **handler) {
    IOReturn result = newUserClient(owningTask, securityID, type, handler);
    OSString *className = OSDynamicCast(OSString, getProperty(kIOUserClientClassKey));
    if (result != kIOReturnUnsupported || !className) return result;
    OSSharedPtr<OSObject> object(OSMetaClass::allocClassWithName(className->getCStringNoCopy()), OSNoRetain);
    IOUserClient *client = OSDynamicCast(IOUserClient, object.get());
    if (!client) return object ? kIOReturnUnsupported : kIOReturnNoMemory;
    if (!client->initWithTask(owningTask, securityID, type, properties)) return kIOReturnBadArgument;
    if (!client->attach(this)) return kIOReturnUnsupported;
    if (!client->start(this)) {
        client->detach(this);
        return kIOReturnUnsupported;
    }
    object.detach();
    *handler = client;
    return kIOReturnSuccess;
}
