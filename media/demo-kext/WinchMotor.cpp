#include "WinchMotor.hpp"

OSDefineMetaClassAndStructors(WinchMotor, OSObject)

WinchMotor *WinchMotor::withRopeLength(uint32_t ropeLength)
{
    WinchMotor *motor = OSTypeAlloc(WinchMotor);
    if (motor && !motor->initWithRopeLength(ropeLength))
        OSSafeReleaseNULL(motor);
    return motor;
}

bool WinchMotor::initWithRopeLength(uint32_t ropeLength)
{
    if (!OSObject::init())
        return false;
    lock = IOLockAlloc();
    length = ropeLength;
    out = 0;
    return lock != nullptr;
}

void WinchMotor::free()
{
    if (lock)
        IOLockFree(lock);
    OSObject::free();
}

bool WinchMotor::reelOut(uint32_t metres)
{
    IOLockLock(lock);
    bool enough = metres <= length - out;
    if (enough)
        out += metres;
    IOLockUnlock(lock);
    return enough;
}

bool WinchMotor::reelIn(uint32_t metres)
{
    IOLockLock(lock);
    bool enough = metres <= out;
    if (enough)
        out -= metres;
    IOLockUnlock(lock);
    return enough;
}

uint32_t WinchMotor::position() const
{
    IOLockLock(lock);
    uint32_t metres = out;
    IOLockUnlock(lock);
    return metres;
}
