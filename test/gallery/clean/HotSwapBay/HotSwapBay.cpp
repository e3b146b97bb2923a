// A bay for drives that come and go while the machine runs.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class BayDrive : public OSObject {
    OSDeclareDefaultStructors(BayDrive)

public:
    bool dirty;
};

class HotSwapBay : public IOService {
    OSDeclareDefaultStructors(HotSwapBay)

public:
    bool start(IOService *provider) override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
    void stop(IOService *provider) override;
    void free() override;

private:
    void eject(IOService *provider);

    BayDrive *drive;
};

OSDefineMetaClassAndStructors(BayDrive, OSObject)
OSDefineMetaClassAndStructors(HotSwapBay, IOService)

bool HotSwapBay::start(IOService *provider)
{
    if (!IOService::start(provider) || !provider->open(this))
        return false;
    drive = OSTypeAlloc(BayDrive);
    if (!drive || !drive->init()) {
        provider->close(this);
        return false;
    }
    drive->dirty = true;
    registerService();
    return true;
}

void HotSwapBay::eject(IOService *provider)
{
    drive->dirty = false;
    if (provider->isOpen(this))
        provider->close(this);
}

/// When the drive is pulled out.
bool HotSwapBay::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    eject(provider);
    return IOService::didTerminate(provider, options, defer);
}

/// When it is in and only the driver goes.
void HotSwapBay::stop(IOService *provider)
{
    eject(provider);
    IOService::stop(provider);
}

void HotSwapBay::free()
{
    OSSafeReleaseNULL(drive);
    IOService::free();
}
