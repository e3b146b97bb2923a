// References to an object, of collections and of others, taken and given back too often.
#include "Driver.h"

TEST_DRIVER_CLASSES

class RetainedThing : public OSObject {
    OSDeclareDefaultStructors(RetainedThing)
};

class Retained : public TestDriver {
    OSDeclareDefaultStructors(Retained)

public:
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    RetainedThing *thing;
    OSArray *array;
    OSDictionary *dictionary;
};

OSDefineMetaClassAndStructors(RetainedThing, OSObject)
OSDefineMetaClassAndStructors(Retained, TestDriver)

IOReturn Retained::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    switch (selector) {
    case 0:
        thing = new RetainedThing;
        array = OSArray::withCapacity(1);
        dictionary = OSDictionary::withCapacity(1);
        break;
    case 1:
        while (argument-- > 0)
            thing->retain();
        break;
    case 2:
        thing->release();
        break;
    case 3:
        array->setObject(thing);
        break;
    case 4:
        dictionary->setObject("thing", thing);
        break;
    case 5:
        dictionary->setObject("thing", array);
        break;
    case 6:
        array->flushCollection();
        dictionary->flushCollection();
        break;
    case 7:
        array->release();
        dictionary->release();
        return kIOReturnSuccess;
    case 9: // nobody has it any more
        thing->release();
        return kIOReturnSuccess;
    case 8: // one that is kept in a collection alone
        array->setObject(thing);
        thing->release();
        array->removeObject(0);
        return kIOReturnSuccess;
    }
    *result = thing->getRetainCount();
    return kIOReturnSuccess;
}
