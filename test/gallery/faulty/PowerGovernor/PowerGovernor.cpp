// Limits what a machine draws, by a handler that it puts before the system's own.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

extern "C" {
/// How many handlers are in place: kmod.c asks when the kext is to be unloaded.
int powerGovernorHandlers;
}

class PowerGovernor : public IOService {
    OSDeclareDefaultStructors(PowerGovernor)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool install();

    uint32_t limit;
};

OSDefineMetaClassAndStructors(PowerGovernor, IOService)

bool PowerGovernor::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    limit = 45;
    if (!install())
        return false;
    setProperty("Watts", limit, 32);
    registerService();
    return true;
}

bool PowerGovernor::install()
{
    powerGovernorHandlers++;
    return limit > 0;
}

void PowerGovernor::stop(IOService *provider)
{
    // The handler stays: somebody may be in it.
    limit = 0;
    IOService::stop(provider);
}
