// Turns the volume, and mutes when its provider says that something happens.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class VolumeKnob : public IOService {
    OSDeclareDefaultStructors(VolumeKnob)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    static IOReturn heard(void *target, void *ref, UInt32 message, IOService *provider, void *argument,
                          vm_size_t size);
    void turn(int32_t by);

    IONotifier *interest;
    int32_t volume;
};

OSDefineMetaClassAndStructors(VolumeKnob, IOService)

IOReturn VolumeKnob::heard(void *target, void *, UInt32, IOService *, void *, vm_size_t)
{
    VolumeKnob *knob = static_cast<VolumeKnob *>(target);
    knob->turn(-knob->volume);
    return kIOReturnSuccess;
}

void VolumeKnob::turn(int32_t by)
{
    volume += by;
    setProperty("Volume", static_cast<uint32_t>(volume), 32);
}

bool VolumeKnob::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    interest = provider->registerInterest(gIOGeneralInterest, &VolumeKnob::heard, this); // fault
    if (!interest)
        return false;
    turn(40);
    registerService();
    return true;
}

void VolumeKnob::stop(IOService *provider)
{
    turn(-volume);
    interest = NULL;
    IOService::stop(provider);
}
