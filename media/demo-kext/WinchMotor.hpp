#pragma once

#include <IOKit/IOLocks.h>
#include <libkern/c++/OSObject.h>

/// The engine: reels rope in and out, and knows how much of it is out.
class WinchMotor : public OSObject {
    OSDeclareDefaultStructors(WinchMotor)

public:
    /// A motor with `ropeLength` metres of rope, all of it on the drum. The caller releases it.
    static WinchMotor *withRopeLength(uint32_t ropeLength);

    bool initWithRopeLength(uint32_t ropeLength);
    void free() override;

    /// Both return false, and move nothing, when the rope isn't long enough for it.
    bool reelOut(uint32_t metres);
    bool reelIn(uint32_t metres);

    /// Metres of rope that are out.
    uint32_t position() const;

private:
    IOLock *lock;
    uint32_t length;
    uint32_t out;
};
