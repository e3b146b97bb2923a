// Asks for notifications about its own client class and about what its provider tells.
#include "Driver.h"

TEST_DRIVER_CLASSES

class Notified : public TestDriver {
    OSDeclareDefaultStructors(Notified)

public:
    bool begin() override;
    void end() override;
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    static bool came(void *self, void *word, IOService *service, IONotifier *notifier);
    static IOReturn heard(void *self, void *word, UInt32 message, IOService *provider, void *argument, vm_size_t size);

    IONotifier *there, *gone, *interest;
    OSArray *sharedArray;
};

class Nub : public IOService {
    OSDeclareDefaultStructors(Nub)
};

OSDefineMetaClassAndStructors(Notified, TestDriver)
OSDefineMetaClassAndFinalStructors(Nub, IOService)

bool Notified::came(void *, void *word, IOService *service, IONotifier *)
{
    IOLog("%s: %s\n", (const char *)word, service->getName());
    return true;
}

IOReturn Notified::heard(void *, void *word, UInt32 message, IOService *provider, void *, vm_size_t)
{
    IOLog("%s: 0x%x from %s\n", (const char *)word, message, provider->getName());
    return kIOReturnSuccess;
}

bool Notified::begin()
{
    OSDictionary *nubs = serviceMatching("Nub");
    there = addMatchingNotification(gIOFirstPublishNotification, nubs, came, this, (void *)"there");
    gone = addMatchingNotification(gIOTerminatedNotification, nubs, came, this, (void *)"gone");
    nubs->release();
    interest = registerInterest(gIOGeneralInterest, heard, this, (void *)"heard");
    return there && gone && interest;
}

void Notified::end()
{
#ifndef FORGETS_NOTIFIER
    there->remove();
#endif
    gone->remove();
    interest->remove();
}

IOReturn Notified::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    switch (selector) {
    case 0: { // a nub comes
        Nub *nub = OSTypeAlloc(Nub);
        bool published = nub->init() && nub->attach(this);
        if (published) nub->registerService();
        nub->release();
        return published ? kIOReturnSuccess : kIOReturnError;
    }
    case 1: { // the nubs go
        OSIterator *clients = getClientIterator();
        while (IOService *client = OSDynamicCast(IOService, clients->getNextObject()))
            if (OSDynamicCast(Nub, client)) client->terminate(kIOServiceSynchronous);
        clients->release();
        return kIOReturnSuccess;
    }
    case 2:
        return messageClients((UInt32)argument);
    case 3: {
        OSDictionary *nubs = serviceMatching("Nub");
        IOService *nub = waitForMatchingService(nubs, argument * 1000000);
        nubs->release();
        *result = nub != NULL;
        OSSafeReleaseNULL(nub);
        return kIOReturnSuccess;
    }
    case 4:
        there->disable();
        return kIOReturnSuccess;
    case 5: { // an iterator ends when its collection changes
        OSArray *array = OSArray::withCapacity(2);
        array->setObject(kOSBooleanTrue);
        array->setObject(kOSBooleanFalse);
        OSCollectionIterator *iterator = OSCollectionIterator::withCollection(array);
        int count = 0;
        while (iterator->getNextObject()) count++;
        iterator->reset();
        iterator->getNextObject();
        array->removeObject(0);
        *result = (uint64_t)count * 10 + (iterator->isValid() || iterator->getNextObject());
        iterator->release();
        array->release();
        return kIOReturnSuccess;
    }
    }
    return kIOReturnUnsupported;
}
