// A tree of services that log every callback, and do what they were told to do in it.
#include "Driver.h"

TEST_DRIVER_CLASSES

enum Habit {
    opensProvider = 1,
    closesWhenAsked = 2,
    closesInDidTerminate = 4,
    defersTermination = 8,
    refusesToGo = 16,
    terminatesNext = 32,
    saysItDidNot = 64,
};

/// Empty behind the gate of the driver's work loop.
static const char *inGate();

class PhasesNode : public IOService {
    OSDeclareDefaultStructors(PhasesNode)

public:
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
    bool requestTerminate(IOService *provider, IOOptionBits options) override;
    bool finalize(IOOptionBits options) override;
    void stop(IOService *provider) override;
    void free() override;
    IOReturn message(UInt32 type, IOService *provider, void *argument) override;

    unsigned number, habits;
};

class Phases : public TestDriver {
    OSDeclareDefaultStructors(Phases)

public:
    bool begin() override;
    void end() override { IOLog("driver: stop%s\n", inGate()); }
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
    bool finalize(IOOptionBits options) override;
    void free() override;
    void handleClose(IOService *forClient, IOOptionBits options) override;
    IOWorkLoop *getWorkLoop() const override { return loop; }
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

    IOWorkLoop *loop;
};

static PhasesNode *nodes[8];
static unsigned count;
static Phases *phases;

static const char *inGate() { return phases->loop->inGate() ? "" : ", not in the gate"; }

OSDefineMetaClassAndStructors(PhasesNode, IOService)
OSDefineMetaClassAndStructors(Phases, TestDriver)

bool PhasesNode::willTerminate(IOService *provider, IOOptionBits options)
{
    IOLog("%s: willTerminate of %s%s\n", getName(), provider->getName(), inGate());
    if (habits & terminatesNext)
        nodes[number + 1]->terminate(kIOServiceSynchronous);
    return IOService::willTerminate(provider, options);
}

bool PhasesNode::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    IOLog("%s: didTerminate of %s%s\n", getName(), provider->getName(), inGate());
    if (habits & closesInDidTerminate)
        provider->close(this);
    if (habits & defersTermination)
        *defer = true;
    return IOService::didTerminate(provider, options, defer);
}

bool PhasesNode::requestTerminate(IOService *provider, IOOptionBits options)
{
    return !(habits & refusesToGo) && IOService::requestTerminate(provider, options);
}

bool PhasesNode::finalize(IOOptionBits options)
{
    IOLog("%s: finalize%s\n", getName(), inGate());
    return IOService::finalize(options);
}

void PhasesNode::stop(IOService *provider)
{
    IOLog("%s: stop by %s%s%s\n", getName(), provider->getName(), provider->isOpen(this) ? ", which it has open" : "",
          inGate());
    IOService::stop(provider);
}

void PhasesNode::free()
{
    IOLog("%s: free\n", getName());
    IOService::free();
}

IOReturn PhasesNode::message(UInt32 type, IOService *provider, void *argument)
{
    if (type == kIOMessageServiceIsTerminated)
        IOLog("%s: %s is terminated%s\n", getName(), provider->getName(), inGate());
    if (type == kIOMessageServiceWasClosed)
        IOLog("%s: %s was closed\n", getName(), provider->getName());
    if (type == kIOMessageServiceIsRequestingClose) {
        IOLog("%s: asked to close\n", getName());
        if (habits & closesWhenAsked) {
            provider->close(this);
            return habits & saysItDidNot ? kIOReturnBusy : kIOReturnSuccess;
        }
    }
    return IOService::message(type, provider, argument);
}

bool Phases::begin()
{
    phases = this;
    loop = IOWorkLoop::workLoop();
    return loop;
}

void Phases::handleClose(IOService *forClient, IOOptionBits options)
{
    IOLog("driver: closed for %s%s\n", forClient->getName(),
          forClient->isParent(this, gIOServicePlane) ? "" : ", which has detached");
    IOService::handleClose(forClient, options);
}

bool Phases::willTerminate(IOService *provider, IOOptionBits options)
{
    IOLog("driver: willTerminate\n");
    return IOService::willTerminate(provider, options);
}

bool Phases::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    IOLog("driver: didTerminate\n");
    return IOService::didTerminate(provider, options, defer);
}

bool Phases::finalize(IOOptionBits options)
{
    IOLog("driver: finalize%s\n", inGate());
    return IOService::finalize(options);
}

void Phases::free()
{
    IOLog("driver: free\n");
    OSSafeRelease(loop);
    IOService::free();
}

// What somebody does to the tree; a node's number is its place, in order of creation.
static IOReturn act(Phases *driver, uint32_t what, uint64_t number, uint64_t more)
{
    PhasesNode *node = nodes[number];
    switch (what) {
    case 0: { // a node below node `number` - 1, or below the driver, with the habits `more`
        char name[16];
        snprintf(name, sizeof name, "node %u", count);
        PhasesNode *fresh = new PhasesNode;
        IOService *provider = number ? static_cast<IOService *>(nodes[number - 1]) : driver;
        if (!fresh->init())
            return kIOReturnNoMemory;
        fresh->setName(name);
        if (!fresh->attach(provider)) {
            fresh->release();
            return kIOReturnNoResources;
        }
        fresh->habits = (unsigned)more;
        if (more & opensProvider)
            provider->open(fresh);
        fresh->number = count;
        nodes[count++] = fresh;
        fresh->release();
        return kIOReturnSuccess;
    }
    case 1: // has a second provider, a service that stays
        node->attach(IOService::getResourceService());
        return kIOReturnSuccess;
    case 2: // one reference too many
        node->retain();
        return kIOReturnSuccess;
    case 3:
        node->release();
        return kIOReturnSuccess;
    case 4:
        node->getProvider()->close(node);
        return kIOReturnSuccess;
    case 5: { // what it waited for is done
        bool defer = false;
        return node->IOService::didTerminate(node->getProvider(), 0, &defer) ? kIOReturnSuccess : kIOReturnError;
    }
    case 6:
        node->setTerminateDefer(node->getProvider(), more != 0);
        return kIOReturnSuccess;
    case 7: // inside the gate for so many seconds
        driver->loop->closeGate();
        IOSleep((unsigned int)more * 1000);
        driver->loop->openGate();
        return kIOReturnSuccess;
    case 8: // busy with something of its own
        node->adjustBusy((SInt32)more);
        return kIOReturnSuccess;
    case 9:
        IOSleep((unsigned int)more * 1000);
        return kIOReturnSuccess;
    case 10: // with the options `more`
        node->terminate((IOOptionBits)more);
        return kIOReturnSuccess;
    case 11: // opens its provider, with the options `more`
        return node->getProvider()->open(node, (IOOptionBits)more) ? kIOReturnSuccess : kIOReturnExclusiveAccess;
    case 12:
        node->registerService();
        return kIOReturnSuccess;
    }
    return kIOReturnUnsupported;
}

struct Later {
    Phases *driver;
    uint32_t what;
    uint64_t number, more;
};

static void actLater(void *argument, void *)
{
    Later *later = (Later *)argument;
    act(later->driver, later->what, later->number, later->more);
}

// argument: the node, more, and in how many seconds, a byte each
IOReturn Phases::call(uint32_t selector, uint64_t argument, uint64_t *)
{
    uint32_t seconds = (uint32_t)(argument >> 16);
    if (!seconds)
        return act(this, selector, argument & 0xff, argument >> 8 & 0xff);
    Later *later = IONew(Later, 1);
    *later = {this, selector, argument & 0xff, argument >> 8 & 0xff};
    uint64_t deadline;
    clock_interval_to_deadline(seconds, kSecondScale, &deadline);
    thread_call_enter_delayed(thread_call_allocate(actLater, later), deadline);
    return kIOReturnSuccess;
}
