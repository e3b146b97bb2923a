// Publishes a nub for a game pad, which others drive.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class GamepadNub : public IOService {
    OSDeclareDefaultStructors(GamepadNub)

public:
    bool isPressed(uint32_t button) const { return (buttons >> button) & 1; }

private:
    uint32_t buttons;
};

class GamepadHub : public IOService {
    OSDeclareDefaultStructors(GamepadHub)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    GamepadNub *nub;
};

OSDefineMetaClassAndStructors(GamepadNub, IOService)
OSDefineMetaClassAndStructors(GamepadHub, IOService)

bool GamepadHub::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    nub = OSTypeAlloc(GamepadNub);
    if (!nub || !nub->init() || !nub->attach(this)) {
        OSSafeReleaseNULL(nub);
        return false;
    }
    nub->setProperty("Buttons", 12, 8);
    nub->registerService();
    registerService();
    return true;
}

void GamepadHub::stop(IOService *provider)
{
    OSSafeReleaseNULL(nub);
    IOService::stop(provider);
}
