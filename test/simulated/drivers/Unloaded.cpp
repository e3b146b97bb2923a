// A driver whose kext can be made to refuse its unload in every way there is.
#include "Driver.h"

#include <libkern/OSKextLib.h>

TEST_DRIVER_CLASSES

class UnloadedThing : public OSObject {
    OSDeclareDefaultStructors(UnloadedThing)
};

class Unloaded : public TestDriver {
    OSDeclareDefaultStructors(Unloaded)

public:
    void end() override;
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;
};

OSDefineMetaClassAndStructors(UnloadedThing, OSObject)
OSDefineMetaClassAndStructors(Unloaded, TestDriver)

static UnloadedThing *things[4];
static unsigned count;
static bool retainsItsKext, makesAThing, says;
static kern_return_t result;

struct Static {
    ~Static()
    {
        if (says)
            IOLog("static destructor\n");
    }
} object;

static void keepThing() { things[count++] = new UnloadedThing; }
static void ranOn(void *, void *) { IOLog("ran on\n"); }

static void answered(OSKextRequestTag, OSReturn answer, const void *, uint32_t, void *)
{
    IOLog("resource: 0x%x\n", answer);
}

extern "C" kern_return_t unloadedStop(void)
{
    if (says)
        IOLog("module stop\n");
    if (makesAThing)
        keepThing();
    return result;
}

void Unloaded::end()
{
    if (says)
        IOLog("stop of the driver\n");
    if (retainsItsKext)
        OSKextRetainKextWithLoadTag(OSKextGetCurrentLoadTag());
}

IOReturn Unloaded::call(uint32_t selector, uint64_t argument, uint64_t *)
{
    switch (selector) {
    case 0: // objects that nobody releases
        while (argument-- > 0)
            keepThing();
        break;
    case 2:
        return OSKextRequestResource("com.example.Unloaded", "Unloaded.bin", answered, NULL, NULL);
    case 3:
        retainsItsKext = true;
        break;
    case 4: // what the module's stop function gives back
        result = (kern_return_t)argument;
        break;
    case 5:
        makesAThing = true;
        break;
    case 6: { // code that runs on when nobody looks
        uint64_t deadline;
        clock_interval_to_deadline((uint32_t)argument, kMillisecondScale, &deadline);
        thread_call_enter_delayed(thread_call_allocate(ranOn, NULL), deadline);
        break;
    }
    case 7:
        says = true;
        break;
    }
    return kIOReturnSuccess;
}
