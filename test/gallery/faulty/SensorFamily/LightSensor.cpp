// One of the sensors, built on the family.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class LightSensor : public IOService {
    OSDeclareDefaultStructors(LightSensor)

public:
    bool start(IOService *provider) override;
};

OSDefineMetaClassAndStructors(LightSensor, IOService)

bool LightSensor::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    setProperty("Lux", 320, 32);
    registerService();
    return true;
}
