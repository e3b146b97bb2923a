// Publishes a nub for a joystick, which others drive.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class JoystickNub : public IOService {
    OSDeclareDefaultStructors(JoystickNub)
};

class JoystickHub : public IOService {
    OSDeclareDefaultStructors(JoystickHub)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    JoystickNub *nub;
};

OSDefineMetaClassAndStructors(JoystickNub, IOService)
OSDefineMetaClassAndStructors(JoystickHub, IOService)

bool JoystickHub::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    nub = OSTypeAlloc(JoystickNub);
    if (!nub || !nub->init() || !nub->attach(this)) {
        OSSafeReleaseNULL(nub);
        return false;
    }
    nub->registerService();
    registerService();
    return true;
}

void JoystickHub::stop(IOService *provider)
{
    OSSafeReleaseNULL(nub);
    IOService::stop(provider);
}
