// Two network ports; the second one may be taken out of service.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class HubPort : public IOService {
    OSDeclareDefaultStructors(HubPort)

public:
    static HubPort *withNumber(unsigned number);
};

class PortHub : public IOService {
    OSDeclareDefaultStructors(PortHub)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    HubPort *publish(unsigned number, IOService *parent);
    void withdraw(HubPort *port);

    HubPort *uplink;
    HubPort *spare;
};

OSDefineMetaClassAndStructors(HubPort, IOService)
OSDefineMetaClassAndStructors(PortHub, IOService)

HubPort *HubPort::withNumber(unsigned number)
{
    HubPort *port = OSTypeAlloc(HubPort);
    if (port && !port->init())
        OSSafeReleaseNULL(port);
    if (port)
        port->setProperty("Port", number, 8);
    return port;
}

HubPort *PortHub::publish(unsigned number, IOService *parent)
{
    HubPort *port = HubPort::withNumber(number);
    if (!port)
        return NULL;
    if (!port->attach(parent)) {
        port->release();
        return NULL;
    }
    port->registerService();
    return port;
}

void PortHub::withdraw(HubPort *port)
{
    // Whoever still looks at the port may do so.
    port->retain(); // fault
    port->terminate();
}

bool PortHub::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    uplink = publish(1, provider); // fault
    spare = publish(2, this);
    if (!uplink || !spare)
        return false;
    withdraw(spare);
    registerService();
    return true;
}

void PortHub::stop(IOService *provider)
{
    OSSafeReleaseNULL(spare);
    OSSafeReleaseNULL(uplink);
    IOService::stop(provider);
}
