// Publishes how full a battery is.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class BatteryGauge : public IOService {
    OSDeclareDefaultStructors(BatteryGauge)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    void publish(const char *key, uint32_t value);
    void update();

    uint32_t cells[3];
};

OSDefineMetaClassAndStructors(BatteryGauge, IOService)

void BatteryGauge::publish(const char *key, uint32_t value)
{
    OSNumber *number = OSNumber::withNumber(value, 32);
    if (!number)
        return;
    setProperty(key, number);
    number->release();
}

void BatteryGauge::update()
{
    uint32_t sum = 0;
    for (uint32_t &cell : cells)
        sum += cell = 4100;
    publish("Voltage", sum);
    setProperty("Cells", OSNumber::withNumber(3, 8)); // fault
    setProperty("Chemistry", OSString::withCString("LiPo")); // fault
}

bool BatteryGauge::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    update();
    registerService();
    return true;
}

void BatteryGauge::stop(IOService *provider)
{
    publish("Voltage", 0);
    IOService::stop(provider);
}
