// A rack of lamps; each is a service of its own, so that programs can find it.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class Lamp : public IOService {
    OSDeclareDefaultStructors(Lamp)

public:
    bool initWithSlot(unsigned slot);
    bool start(IOService *provider) override;
    void light(bool on) { setProperty("Lit", on); }
};

class LampRack : public IOService {
    OSDeclareDefaultStructors(LampRack)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool addLamp(unsigned slot);

    static constexpr unsigned slots = 3;
    Lamp *lamps[slots];
};

OSDefineMetaClassAndStructors(Lamp, IOService)
OSDefineMetaClassAndStructors(LampRack, IOService)

bool Lamp::initWithSlot(unsigned slot)
{
    if (!IOService::init())
        return false;
    setProperty("Slot", slot, 8);
    return true;
}

bool Lamp::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool LampRack::addLamp(unsigned slot)
{
    Lamp *lamp = OSTypeAlloc(Lamp);
    if (!lamp || !lamp->initWithSlot(slot) || !lamp->attach(this)) {
        OSSafeReleaseNULL(lamp);
        return false;
    }
    if (!lamp->start(this)) {
        lamp->detach(this);
        lamp->release();
        return false;
    }
    lamps[slot] = lamp; // fault
    return true;
}

bool LampRack::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    for (unsigned slot = 0; slot < slots; slot++)
        if (!addLamp(slot))
            return false;
    lamps[0]->light(true);
    registerService();
    return true;
}

void LampRack::stop(IOService *provider)
{
    for (Lamp *&lamp : lamps) {
        if (lamp)
            lamp->light(false);
        lamp = NULL;
    }
    IOService::stop(provider);
}
