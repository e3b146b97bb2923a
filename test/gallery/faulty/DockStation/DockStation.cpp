// Keeps what a docking station can do, from the moment it is plugged in until it goes.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class DockProfile : public OSObject {
    OSDeclareDefaultStructors(DockProfile)

public:
    static DockProfile *withPorts(uint32_t ports);
    uint32_t ports;
};

class DockStation : public IOService {
    OSDeclareDefaultStructors(DockStation)

public:
    bool start(IOService *provider) override;
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    void stop(IOService *provider) override;

private:
    void forget();

    DockProfile *profile;
};

OSDefineMetaClassAndStructors(DockProfile, OSObject)
OSDefineMetaClassAndStructors(DockStation, IOService)

DockProfile *DockProfile::withPorts(uint32_t ports)
{
    DockProfile *profile = OSTypeAlloc(DockProfile);
    if (profile && !profile->init())
        OSSafeReleaseNULL(profile);
    if (profile)
        profile->ports = ports;
    return profile;
}

bool DockStation::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    profile = DockProfile::withPorts(4);
    if (!profile)
        return false;
    setProperty("Ports", profile->ports, 8);
    registerService();
    return true;
}

bool DockStation::willTerminate(IOService *provider, IOOptionBits options)
{
    // The station is gone: nothing about it holds any more.
    forget(); // fault
    return IOService::willTerminate(provider, options);
}

void DockStation::forget()
{
    OSSafeReleaseNULL(profile);
}

void DockStation::stop(IOService *provider)
{
    removeProperty("Ports");
    IOService::stop(provider);
}
