// Drives the fans of a machine by a table of steps, temperature to speed.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// One step of the table: from this temperature on, the fans turn this fast.
class FanStep : public OSObject {
    OSDeclareDefaultStructors(FanStep)

public:
    bool initWithStep(uint32_t celsius, uint32_t rpm)
    {
        if (!OSObject::init())
            return false;
        temperature = celsius;
        speed = rpm;
        return true;
    }

    uint32_t temperature;
    uint32_t speed;
};

class FanController : public IOService {
    OSDeclareDefaultStructors(FanController)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool addDefaultSteps();

    OSDictionary *steps;
};

OSDefineMetaClassAndStructors(FanStep, OSObject)
OSDefineMetaClassAndStructors(FanController, IOService)

static const struct {
    const char *name;
    uint32_t celsius, rpm;
} defaults[] = {
    {"idle", 0, 800}, {"warm", 45, 1400}, {"busy", 60, 2200}, {"hot", 75, 3600}, {"emergency", 90, 6000},
};

bool FanController::addDefaultSteps()
{
    for (const auto &each : defaults) {
        FanStep *step = OSTypeAlloc(FanStep);
        if (!step)
            return false;
        if (!step->initWithStep(each.celsius, each.rpm)) {
            step->release();
            return false;
        }
        steps->setObject(each.name, step); // fault
    }
    return true;
}

bool FanController::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;

    steps = OSDictionary::withCapacity(8);
    if (!steps || !addDefaultSteps()) {
        OSSafeReleaseNULL(steps);
        return false;
    }
    registerService();
    IOLog("FanController: %u steps\n", steps->getCount());
    return true;
}

void FanController::stop(IOService *provider)
{
    steps->flushCollection();
    OSSafeReleaseNULL(steps);
    IOService::stop(provider);
}
