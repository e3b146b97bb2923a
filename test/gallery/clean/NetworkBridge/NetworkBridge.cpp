// Joins two network interfaces, each a service with a driver of its own below it.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class BridgeInterface : public IOService {
    OSDeclareDefaultStructors(BridgeInterface)

public:
    bool start(IOService *provider) override;
};

/// Moves packets for one interface.
class BridgePort : public IOService {
    OSDeclareDefaultStructors(BridgePort)

public:
    bool start(IOService *provider) override;
};

class NetworkBridge : public IOService {
    OSDeclareDefaultStructors(NetworkBridge)

public:
    bool start(IOService *provider) override;

private:
    bool addInterface(const char *name);
};

OSDefineMetaClassAndStructors(BridgeInterface, IOService)
OSDefineMetaClassAndStructors(BridgePort, IOService)
OSDefineMetaClassAndStructors(NetworkBridge, IOService)

bool BridgeInterface::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool BridgePort::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    setProperty("Interface", provider->getName());
    registerService();
    return true;
}

bool NetworkBridge::addInterface(const char *name)
{
    BridgeInterface *interface = OSTypeAlloc(BridgeInterface);
    if (!interface || !interface->init() || !interface->attach(this)) {
        OSSafeReleaseNULL(interface);
        return false;
    }
    interface->setName(name);
    bool started = interface->start(this);
    if (!started)
        interface->detach(this);
    // From here on the registry keeps it.
    interface->release();
    return started;
}

bool NetworkBridge::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    if (!addInterface("left") || !addInterface("right"))
        return false;
    registerService();
    return true;
}
