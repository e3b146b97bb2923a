#pragma once

#include <libkern/c++/OSSharedPtr.h>
#include <libkern/c++/OSString.h>

/// What collections have in common: they retain what they hold under this class's own tag.
class OSCollection : public OSObject {
    OSDeclareAbstractStructors(OSCollection)

public:
    virtual unsigned int getCount() const = 0;
    virtual void flushCollection() = 0;
};
