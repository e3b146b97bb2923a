// Follows every joystick for as long as it is there.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class JoystickTrace : public IOService {
    OSDeclareDefaultStructors(JoystickTrace)

public:
    bool start(IOService *provider) override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
};

OSDefineMetaClassAndStructors(JoystickTrace, IOService)

bool JoystickTrace::start(IOService *provider)
{
    if (!IOService::start(provider) || !provider->open(this))
        return false;
    registerService();
    return true;
}

bool JoystickTrace::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    if (provider->isOpen(this))
        provider->close(this);
    return IOService::didTerminate(provider, options, defer);
}
