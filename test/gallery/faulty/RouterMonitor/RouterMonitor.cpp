// Looks after a router: it finds the router's port in the registry whenever a program asks.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class RouterPort : public IOService {
    OSDeclareDefaultStructors(RouterPort)

public:
    uint32_t packets;
};

class RouterMonitor : public IOService {
    OSDeclareDefaultStructors(RouterMonitor)

public:
    bool start(IOService *provider) override;
    IOReturn packets(uint64_t *count) const;
};

class RouterMonitorUserClient : public IOUserClient {
    OSDeclareDefaultStructors(RouterMonitorUserClient)

public:
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;
};

OSDefineMetaClassAndStructors(RouterPort, IOService)
OSDefineMetaClassAndStructors(RouterMonitor, IOService)
OSDefineMetaClassAndStructors(RouterMonitorUserClient, IOUserClient)

bool RouterMonitor::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    RouterPort *port = OSTypeAlloc(RouterPort);
    bool published = port && port->init() && port->attach(this);
    if (published)
        port->registerService();
    OSSafeReleaseNULL(port);
    if (published)
        registerService();
    return published;
}

IOReturn RouterMonitor::packets(uint64_t *count) const
{
    OSDictionary *matching = serviceMatching("RouterPort");
    if (!matching)
        return kIOReturnNoMemory;
    RouterPort *port = OSDynamicCast(RouterPort, copyMatchingService(matching)); // fault
    matching->release();
    if (!port)
        return kIOReturnNotFound;
    *count = ++port->packets;
    return kIOReturnSuccess;
}

IOReturn RouterMonitorUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn RouterMonitorUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                                 IOExternalMethodDispatch *, OSObject *, void *)
{
    RouterMonitor *monitor = OSDynamicCast(RouterMonitor, getProvider());
    if (!monitor || selector != 0 || arguments->scalarOutputCount != 1)
        return kIOReturnBadArgument;
    return monitor->packets(arguments->scalarOutput);
}
