// Drives the motor in a game pad, for as long as the pad is plugged in.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class RumblePad : public IOService {
    OSDeclareDefaultStructors(RumblePad)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn message(UInt32 type, IOService *provider, void *argument) override;

private:
    void rumble(uint32_t strength);

    IOService *device;
    bool unplugged;
};

OSDefineMetaClassAndStructors(RumblePad, IOService)

bool RumblePad::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    if (!provider->open(this)) // fault
        return false;
    device = provider;
    rumble(1);
    registerService();
    return true;
}

void RumblePad::rumble(uint32_t strength)
{
    if (!unplugged)
        setProperty("Strength", strength, 8);
}

IOReturn RumblePad::message(UInt32 type, IOService *provider, void *argument)
{
    switch (type) {
    case kIOMessageServiceIsTerminated:
        unplugged = true;
        return kIOReturnSuccess;
    case kIOMessageServiceIsRequestingClose:
        rumble(0);
        return kIOReturnSuccess;
    }
    return IOService::message(type, provider, argument);
}

void RumblePad::stop(IOService *provider)
{
    rumble(0);
    if (device) {
        device->close(this);
        device = NULL;
    }
    IOService::stop(provider);
}
