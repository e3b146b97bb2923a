// Iterators over collections and over the registry.
#pragma once

#include <libkern/c++/OSObject.h>

class OSIterator : public OSObject {
    OSDeclareAbstractStructors(OSIterator)

public:
    virtual void reset() = 0;
    virtual bool isValid() = 0;
    /// The next object, which the caller doesn't own; NULL at the end.
    virtual OSObject *getNextObject() = 0;
};
