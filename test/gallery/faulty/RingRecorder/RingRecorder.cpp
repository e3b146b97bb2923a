// Records the last values of a line in rings.
#include <IOKit/IOLib.h>
#include <IOKit/IOLocks.h>
#include <IOKit/IOService.h>

class Ring : public OSObject {
    OSDeclareDefaultStructors(Ring)

public:
    virtual void put(uint32_t value) { values[next++ % 16] = value; }

protected:
    uint32_t values[16];
    uint32_t next;
};

/// The same for several threads.
class LockedRing : public Ring {
public:
    static LockedRing *ring();
    void put(uint32_t value) override;

protected:
    void free() override;

private:
    IOLock *lock;
};

class RingRecorder : public IOService {
    OSDeclareDefaultStructors(RingRecorder)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    Ring *plain;
    LockedRing *locked;
};

OSDefineMetaClassAndStructors(Ring, OSObject)
OSDefineMetaClassAndStructors(RingRecorder, IOService)

LockedRing *LockedRing::ring()
{
    LockedRing *ring = new LockedRing;
    if (ring && !ring->init())
        OSSafeReleaseNULL(ring);
    if (ring)
        ring->lock = IOLockAlloc();
    return ring;
}

void LockedRing::put(uint32_t value)
{
    IOLockLock(lock);
    Ring::put(value);
    IOLockUnlock(lock);
}

void LockedRing::free()
{
    if (lock)
        IOLockFree(lock);
    Ring::free();
}

bool RingRecorder::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    plain = OSTypeAlloc(Ring);
    locked = LockedRing::ring();
    if (!plain || !plain->init() || !locked)
        return false;
    locked->retain(); // fault
    locked->put(1);
    plain->put(2);
    registerService();
    return true;
}

void RingRecorder::stop(IOService *provider)
{
    OSSafeReleaseNULL(locked);
    OSSafeReleaseNULL(plain);
    IOService::stop(provider);
}
