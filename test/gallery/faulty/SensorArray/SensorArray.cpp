// A board with one sensor, which has a driver of its own and calibrates itself before it is used.
#include <IOKit/IOLib.h>
#include <IOKit/IOLocks.h>
#include <IOKit/IOService.h>

/// The nub for the sensor.
class SensorChannel : public IOService {
    OSDeclareDefaultStructors(SensorChannel)
};

class SensorArray : public IOService {
    OSDeclareDefaultStructors(SensorArray)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    SensorChannel *channel;
};

/// The sensor's driver.
class SensorDriver : public IOService {
    OSDeclareDefaultStructors(SensorDriver)

public:
    bool start(IOService *provider) override;
    void free() override;

    void calibrated();

private:
    IOLock *lock;
    bool ready;
};

OSDefineMetaClassAndStructors(SensorChannel, IOService)
OSDefineMetaClassAndStructors(SensorArray, IOService)
OSDefineMetaClassAndStructors(SensorDriver, IOService)

bool SensorArray::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    channel = OSTypeAlloc(SensorChannel);
    if (!channel || !channel->init() || !channel->attach(this)) {
        OSSafeReleaseNULL(channel);
        return false;
    }
    channel->setName("sensor");
    channel->registerService();
    registerService();
    return true;
}

void SensorArray::stop(IOService *provider)
{
    OSSafeReleaseNULL(channel);
    IOService::stop(provider);
}

bool SensorDriver::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    lock = IOLockAlloc();
    if (!lock)
        return false;
    IOLockLock(lock);
    while (!ready)
        IOLockSleep(lock, &ready, THREAD_UNINT); // fault
    IOLockUnlock(lock);
    registerService();
    return true;
}

void SensorDriver::free()
{
    if (lock)
        IOLockFree(lock);
    IOService::free();
}

void SensorDriver::calibrated()
{
    IOLockLock(lock);
    ready = true;
    IOLockWakeup(lock, &ready, true);
    IOLockUnlock(lock);
}
