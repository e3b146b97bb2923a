// Classes of every kind, of which calls make objects and give them up again.
#include "Driver.h"

#include <libkern/c++/OSSymbol.h>

TEST_DRIVER_CLASSES

class CountedBase : public OSObject {
    OSDeclareDefaultStructors(CountedBase)
};

class CountedMiddle : public CountedBase {
    OSDeclareDefaultStructors(CountedMiddle)
};

class CountedLeaf : public CountedMiddle {
    OSDeclareDefaultStructors(CountedLeaf)
};

class CountedAbstract : public CountedBase {
    OSDeclareAbstractStructors(CountedAbstract)
};

class CountedConcrete : public CountedAbstract {
    OSDeclareDefaultStructors(CountedConcrete)
};

class CountedForgetful : public OSObject {
    OSDeclareDefaultStructors(CountedForgetful)

public:
    void free() override {}
};

class CountedPicky : public OSObject {
    OSDeclareDefaultStructors(CountedPicky)

public:
    bool init() override { return false; }
};

OSDefineMetaClassAndStructors(CountedBase, OSObject)
OSDefineMetaClassAndStructors(CountedMiddle, CountedBase)
OSDefineMetaClassAndStructors(CountedLeaf, CountedMiddle)
OSDefineMetaClassAndAbstractStructors(CountedAbstract, CountedBase)
OSDefineMetaClassAndStructors(CountedConcrete, CountedAbstract)
OSDefineMetaClassAndStructors(CountedForgetful, OSObject)
OSDefineMetaClassAndStructors(CountedPicky, OSObject)

// Without the macros.
class CountedPlain : public CountedBase {};
class CountedPlainNub : public IOService {};
struct Uncounted {
    int number;
};

class Counted : public TestDriver {
    OSDeclareDefaultStructors(Counted)

public:
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    OSObject *make(uint64_t kind);

    OSObject *made[16];
    unsigned count;
    const OSMetaClass *lookedUp;
};

OSDefineMetaClassAndStructors(Counted, TestDriver)

OSObject *Counted::make(uint64_t kind)
{
    switch (kind) {
    case 0:
        return new CountedBase;
    case 1:
        return OSTypeAlloc(CountedMiddle);
    case 2:
        return OSMetaClass::allocClassWithName("CountedLeaf");
    case 3:
        return new CountedConcrete;
    case 4:
        return new CountedPlain;
    case 5:
        return new CountedForgetful;
    case 6: {
        CountedPicky *picky = new CountedPicky;
        return picky->init() ? NULL : picky;
    }
    case 7: {
        CountedPlainNub *nub = new CountedPlainNub;
        nub->init();
        nub->attach(this);
        return nub;
    }
    case 8:
        new Uncounted;
        return NULL;
    case 9:
        return OSTypeAlloc(CountedAbstract);
    }
    return NULL;
}

IOReturn Counted::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    const OSSymbol *name = OSSymbol::withCString("CountedBase");
    switch (selector) {
    case 0: // argument: the kind
        if (OSObject *object = make(argument))
            made[count++] = object;
        *result = count;
        break;
    case 1: // gives up what was made last
        made[--count]->release();
        break;
    case 2: // counts down what was never counted up
        made[count - 1]->getMetaClass()->instanceDestructed();
        break;
    case 3:
        lookedUp = OSMetaClass::copyMetaClassWithName(name);
        break;
    case 4:
        lookedUp->releaseMetaClass();
        break;
    case 5: { // gives it back later
        static thread_call_t back = thread_call_allocate(
            [](void *metaClass, void *) { ((const OSMetaClass *)metaClass)->releaseMetaClass(); }, (void *)lookedUp);
        uint64_t deadline;
        clock_interval_to_deadline((uint32_t)argument, kMillisecondScale, &deadline);
        thread_call_enter_delayed(back, deadline);
        break;
    }
    }
    name->release();
    return kIOReturnSuccess;
}
