// What all sensors have in common: a library for the kexts of single sensors.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class SensorFamily : public IOService {
    OSDeclareDefaultStructors(SensorFamily)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    OSDictionary *known;
};

OSDefineMetaClassAndStructors(SensorFamily, IOService)

bool SensorFamily::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    known = OSDictionary::withCapacity(4);
    if (!known)
        return false;
    OSString *unit = OSString::withCString("lux");
    if (unit) {
        known->setObject("light", unit);
        unit->release();
    }
    setProperty("Units", known);
    registerService();
    return true;
}

void SensorFamily::stop(IOService *provider)
{
    OSSafeReleaseNULL(known);
    IOService::stop(provider);
}
