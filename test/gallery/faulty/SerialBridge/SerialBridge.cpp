// Publishes a virtual serial port, to which a terminal program attaches.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// The port that others see.
class SerialBridgePort : public IOService {
    OSDeclareDefaultStructors(SerialBridgePort)

public:
    bool initWithName(const char *suffix);
};

class SerialBridge : public IOService {
    OSDeclareDefaultStructors(SerialBridge)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool publishPort(IOService *parent);

    SerialBridgePort *port;
};

OSDefineMetaClassAndStructors(SerialBridgePort, IOService)
OSDefineMetaClassAndStructors(SerialBridge, IOService)

bool SerialBridgePort::initWithName(const char *suffix)
{
    OSDictionary *properties = OSDictionary::withCapacity(2);
    if (!properties)
        return false;
    OSString *name = OSString::withCString(suffix);
    if (name) {
        properties->setObject("TTYSuffix", name);
        name->release();
    }
    bool ready = IOService::init(properties);
    properties->release();
    return ready;
}

bool SerialBridge::publishPort(IOService *parent)
{
    port = OSTypeAlloc(SerialBridgePort);
    if (!port || !port->initWithName("bridge0"))
        return false;
    if (!port->attach(parent)) // fault
        return false;
    port->setName("SerialBridgePort");
    port->registerService();
    return true;
}

bool SerialBridge::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    // Below the resources, where the terminal finds all ports.
    if (!publishPort(getResourceService())) { // fault
        OSSafeReleaseNULL(port);
        return false;
    }
    registerService();
    return true;
}

void SerialBridge::stop(IOService *provider)
{
    OSSafeReleaseNULL(port);
    IOService::stop(provider);
}
