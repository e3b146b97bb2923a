// Keeps a room warm by the hour of the day.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// Degrees for every hour.
class HeatingPlan : public OSObject {
    OSDeclareDefaultStructors(HeatingPlan)

public:
    static HeatingPlan *withDegrees(uint8_t day, uint8_t night);
    uint8_t degreesAt(unsigned hour) const { return degrees[hour % 24]; }

private:
    bool initWithDegrees(uint8_t day, uint8_t night);

    uint8_t degrees[24];
};

class Thermostat : public IOService {
    OSDeclareDefaultStructors(Thermostat)

public:
    bool init(OSDictionary *properties = NULL) override;
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    void publish(unsigned hour);

    HeatingPlan *plan;
    OSString *label;
};

OSDefineMetaClassAndStructors(HeatingPlan, OSObject)
OSDefineMetaClassAndStructors(Thermostat, IOService)

HeatingPlan *HeatingPlan::withDegrees(uint8_t day, uint8_t night)
{
    HeatingPlan *plan = OSTypeAlloc(HeatingPlan);
    if (plan && !plan->initWithDegrees(day, night))
        OSSafeReleaseNULL(plan);
    return plan;
}

bool HeatingPlan::initWithDegrees(uint8_t day, uint8_t night)
{
    if (!OSObject::init())
        return false;
    for (unsigned hour = 0; hour < 24; hour++)
        degrees[hour] = hour >= 7 && hour < 22 ? day : night;
    return true;
}

bool Thermostat::init(OSDictionary *properties)
{
    if (!IOService::init(properties))
        return false;
    plan = HeatingPlan::withDegrees(21, 16); // fault
    label = OSString::withCString("living room");
    return plan != NULL && label != NULL;
}

bool Thermostat::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    setProperty("Room", label);
    publish(12);
    registerService();
    return true;
}

void Thermostat::stop(IOService *provider)
{
    publish(0);
    OSSafeReleaseNULL(label);
    IOService::stop(provider);
}

void Thermostat::publish(unsigned hour)
{
    setProperty("Degrees", plan->degreesAt(hour), 8);
}
